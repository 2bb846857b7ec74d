using System;
using System.IO;
using System.IO.Compression;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>
/// Decompresses gzip with all its members, and knows whether it ended as it should. The framework's stream ends silently when
/// the data is cut, and on .NET Framework it may stop after the first member; here every member is decompressed on its own and
/// its stated length compared. A fault is thrown only after everything readable was given.
/// </summary>
public sealed class GzipContent : ForwardStream
{
    private readonly MemberFeed _feed;
    private readonly string _target;
    private readonly ReadLimits _limits;
    private GZipStream _member;
    private long _memberBytes;
    private long _totalBytes;
    private Problem? _fault;

    /// <summary>Opens compressed content.</summary>
    /// <param name="compressed">The compressed bytes; disposed with this stream.</param>
    /// <param name="target">What to name in a problem.</param>
    /// <param name="limits">The bounds.</param>
    public GzipContent(Stream compressed, string target, ReadLimits limits)
    {
        _feed = new MemberFeed(compressed);
        _target = target;
        _limits = limits;
        _member = new GZipStream(_feed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <inheritdoc/>
    /// <exception cref="CitrixOpsException">The content ended early, is damaged or unpacks beyond the limits.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_fault is null && count > 0)
        {
            var fed = _feed.Fed;
            int read;
            try
            {
                read = _member.Read(buffer, offset, count);
            }
            catch (InvalidDataException)
            {
                _fault = new Problem("GzipCorrupt", ErrorKind.InvalidData, $"'{_target}' is damaged: it cannot be decompressed to its end.", _target, "What came before the damage was read. Copy the file again from the appliance and compare sizes.");
                break;
            }

            if (read > 0)
            {
                _memberBytes += read;
                _totalBytes += read;
                RefuseBomb();
                return read;
            }

            if (_feed.AtBoundary)
            {
                if (_feed.LastFour == unchecked((uint)_memberBytes) && _memberBytes >= 0 && _feed.Fed > 18)
                {
                    NextMember();
                }
                else if (_feed.Fed == fed && _feed.Passed)
                {
                    _fault = Truncated();
                }

                _feed.PassBoundary();
                continue;
            }

            if (_feed.Fed > 0 && _feed.LastFour != unchecked((uint)_memberBytes))
            {
                _fault = Truncated();
            }

            break;
        }

        return _fault is null ? 0 : throw new CitrixOpsException(_fault);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _member.Dispose();
            _feed.Dispose();
        }

        base.Dispose(disposing);
    }

    private void NextMember()
    {
        _member.Dispose();
        _member = new GZipStream(_feed, CompressionMode.Decompress, leaveOpen: true);
        _memberBytes = 0;
    }

    private void RefuseBomb()
    {
        if (_totalBytes > _limits.RatioFloor && _totalBytes / Math.Max(1, _feed.Fed) > _limits.MaxRatio)
        {
            _fault = new Problem("ArchiveBomb", ErrorKind.SecurityRefusal, $"'{_target}' unpacks to more than {_limits.MaxRatio} times its size; it was not read further.", _target, "Logs do not compress like this. Treat the file as hostile; look at it on an isolated machine.");
            throw new CitrixOpsException(_fault);
        }
    }

    private Problem Truncated() => new("GzipTruncated", ErrorKind.InvalidData, $"'{_target}' ends early: its length does not match what it states.", _target, "What was readable was read. Copy the file again from the appliance; the rest of its period is not covered.");
}
