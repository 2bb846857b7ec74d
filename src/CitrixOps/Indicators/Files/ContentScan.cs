using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators.Matching;
using CitrixOps.Investigation;

namespace CitrixOps.Indicators.Files;

/// <summary>
/// One pass over a content: texts, hash, first bytes, runs, lines. Bounded in bytes and in time, so that a core dump or a bomb costs no
/// more than it may; a line is cut where no configuration has one that long.
/// </summary>
internal sealed class ContentScan
{
    private const int BlockSize = 128 * 1024;
    private const int HeadSize = 64;
    private const int LongestLine = 4096;
    private const int TextBytes = 8 << 20;
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly ContentPlan _plan;
    private readonly ReadLimits _limits;
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<FileIndicator, string> _lines = new();
    private readonly StringBuilder _line = new();
    private readonly byte[] _head = new byte[HeadSize];
    private readonly int[] _longest;
    private readonly int[] _running;
    private int _headLength;
    private long _bytes;
    private string? _hash;

    public ContentScan(ContentPlan plan, ReadLimits limits)
    {
        _plan = plan;
        _limits = limits;
        _longest = new int[plan.Runs.Count];
        _running = new int[plan.Runs.Count];
    }

    /// <summary>True when the content was longer than is read, or took longer: absence says nothing then.</summary>
    public bool Cut { get; private set; }

    /// <summary>Reads the content.</summary>
    public void Read(Stream stream)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        var clock = Stopwatch.StartNew();
        using var hash = _plan.Hash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        try
        {
            var state = 0;
            for (var read = stream.Read(block, 0, BlockSize); read > 0; read = stream.Read(block, 0, BlockSize))
            {
                Cut = _bytes + read > _limits.MaxContentBytes || clock.Elapsed > _limits.MaxContentTime;
                if (Cut)
                {
                    return;
                }

                Head(block, read);
                hash?.AppendData(block, 0, read);
                state = _plan.Filter.Literals.Count == 0 ? 0 : _plan.Filter.Scan(new ReadOnlySpan<byte>(block, 0, read), state, (literal, _) => _found.Add(_plan.Filter.Literals[literal]));
                Runs(block, read);
                Lines(block, read);
                _bytes += read;
                if (_plan.HeadOnly && _headLength == HeadSize)
                {
                    return;
                }
            }

            EndLine();
            _hash = hash is null ? null : string.Concat(hash.GetHashAndReset().Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    /// <summary>The indicators that what was read fulfils.</summary>
    public IEnumerable<FileHit> Hits()
    {
        foreach (var indicator in _plan.Indicators)
        {
            if (Fulfils(indicator))
            {
                yield return new FileHit(indicator, Detail(indicator));
            }
        }
    }

    private bool Fulfils(FileIndicator i) =>
        (i.Content.Count == 0 || Different(i) >= i.ContentAtLeast)
        && (i.Lacks.Count == 0 || (!Cut && _bytes > 0 && i.Lacks.Any(l => !_found.Contains(AsciiText.Lower(l)))))
        && (i.Sha256.Count == 0 || (_hash is { } hash && i.Sha256.Contains(hash)))
        && (i.StartsWith.Count == 0 || i.StartsWith.Any(Starts))
        && (i.StartsNotWith.Count == 0 || (_headLength >= 8 && !i.StartsNotWith.Any(Starts)))
        && (i.Lines is null || _lines.ContainsKey(i))
        && (i.RunOf is not { } run || _longest[IndexOf(run)] >= i.RunAtLeast);

    // a text that stands inside another that was found is not a second one
    private int Different(FileIndicator i)
    {
        var found = i.Content.Select(AsciiText.Lower).Distinct().Where(_found.Contains).ToArray();
        return found.Length < 2 ? found.Length : found.Count(t => !found.Any(o => o.Length > t.Length && o.Contains(t)));
    }

    private string? Detail(FileIndicator i)
    {
        if (_lines.TryGetValue(i, out var line))
        {
            return SecretMask.Apply(SafeText.FromRecord(line, 160));
        }

        var texts = i.Content.Select(AsciiText.Lower).Distinct().Where(_found.Contains).Take(3).ToArray();
        return texts.Length > 0 ? "holds " + string.Join(", ", texts.Select(t => "'" + SafeText.FromRecord(t, 40) + "'")) : i.Sha256.Count > 0 ? "SHA-256 " + _hash : null;
    }

    private bool Starts(byte[] sequence)
    {
        for (var n = 0; n < sequence.Length; n++)
        {
            if (n >= _headLength || _head[n] != sequence[n])
            {
                return false;
            }
        }

        return true;
    }

    private int IndexOf(byte run)
    {
        var index = 0;
        while (_plan.Runs[index] != run)
        {
            index++;
        }

        return index;
    }

    private void Head(byte[] block, int read)
    {
        for (var n = 0; n < read && _headLength < HeadSize; n++)
        {
            _head[_headLength++] = block[n];
        }
    }

    private void Runs(byte[] block, int read)
    {
        for (var r = 0; r < _plan.Runs.Count; r++)
        {
            var (wanted, running, longest) = (_plan.Runs[r], _running[r], _longest[r]);
            for (var n = 0; n < read; n++)
            {
                running = block[n] == wanted ? running + 1 : 0;
                longest = running > longest ? running : longest;
            }

            (_running[r], _longest[r]) = (running, longest);
        }
    }

    private void Lines(byte[] block, int read)
    {
        if (_plan.Lines.Count == 0 || _bytes > TextBytes)
        {
            return;
        }

        var start = 0;
        for (var n = 0; n < read; n++)
        {
            if (block[n] == (byte)'\n')
            {
                Take(block, start, n);
                EndLine();
                start = n + 1;
            }
        }

        Take(block, start, read);
    }

    private void Take(byte[] block, int start, int end) => _line.Append(Latin1.GetString(block, start, Math.Max(0, Math.Min(end - start, LongestLine - _line.Length))));

    private void EndLine()
    {
        if (_line.Length == 0)
        {
            return;
        }

        var line = _line.ToString();
        _line.Clear();
        foreach (var indicator in _plan.Lines)
        {
            if (!_lines.ContainsKey(indicator) && indicator.Lines!.Holds(line))
            {
                _lines[indicator] = line.Trim();
            }
        }
    }
}
