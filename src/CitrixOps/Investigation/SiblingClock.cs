using System;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation;

/// <summary>
/// A copied log carries the time of the copy. Where the logs beside it that state their year end long before it, their end is the
/// better guess for when it was written. Safe for use from several threads.
/// </summary>
internal sealed class SiblingClock
{
    private const int BlockLength = 1 << 16;
    private static readonly TimeSpan Suspicious = TimeSpan.FromDays(45);

    private readonly object _gate = new();
    private readonly ApplianceSource _source;
    private readonly CancellationToken _cancellationToken;
    private DateTimeOffset? _newestFirst;
    private DateTimeOffset? _last;
    private bool _readFirst;
    private bool _readLast;

    public SiblingClock(ApplianceSource source, CancellationToken cancellationToken)
    {
        _source = source;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The corrected time.</summary>
    public DateTimeOffset? Correct(DateTimeOffset? written)
    {
        // a tar archive keeps the times of its files
        if (_source is TarSource)
        {
            return written;
        }

        lock (_gate)
        {
            return Judge(written);
        }
    }

    private DateTimeOffset? Judge(DateTimeOffset? written)
    {
        if (!_readFirst)
        {
            _readFirst = true;
            _newestFirst = Newest(firstOnly: true);
        }

        if (_newestFirst is not { } first || (written is { } at && at - first <= Suspicious))
        {
            return written;
        }

        if (!_readLast)
        {
            _readLast = true;
            _last = Newest(firstOnly: false);
        }

        return _last is { } last && (written is not { } copied || copied - last > Suspicious) ? last : written;
    }

    private DateTimeOffset? Newest(bool firstOnly)
    {
        DateTimeOffset? newest = null;
        foreach (var file in _source.Files(_cancellationToken))
        {
            if (LogFile.FromName(file, null) is not { } log || log.Format.LogType is not (LogTypes.HttpAccess or LogTypes.HttpError or LogTypes.NsLog))
            {
                continue;
            }

            try
            {
                if ((firstOnly ? First(file, log.Format) : Last(file, log.Format)) is { } time)
                {
                    newest = newest is { } so && so > time ? so : time;
                }
            }
            catch (Exception e) when (ReadFailures.Concerns(e))
            {
                // the search itself reports it
            }
        }

        return newest;
    }

    private static DateTimeOffset? First(ApplianceFile file, ILogFormat format)
    {
        using var blocks = new StreamBlocks(file.OpenRead(), file.ToString(), BlockLength);
        var (block, clock) = (new Block(), new LineClock(format));
        DateTimeOffset? first = null;
        while (first is null && blocks.Next(block))
        {
            first = Newest(block, clock, firstOnly: true);
        }

        return first;
    }

    // a plain file is read from its end
    private static DateTimeOffset? Last(ApplianceFile file, ILogFormat format)
    {
        var (block, clock) = (new Block(), new LineClock(format));
        DateTimeOffset? last = null;
        using var plain = file.DiskPath is { } path ? DiskBlocks.TryOpen(path, file.ToString(), BlockLength, _ => { }) : null;
        if (plain is not null)
        {
            for (var i = plain.Count - 1; i >= 0 && last is null; i--)
            {
                plain.Read(i, block);
                last = Newest(block, clock, firstOnly: false);
            }

            return last;
        }

        using var blocks = new StreamBlocks(file.OpenRead(), file.ToString(), BlockLength);
        while (blocks.Next(block))
        {
            var newest = Newest(block, clock, firstOnly: false);
            last = last is null || newest > last ? newest ?? last : last;
        }

        return last;
    }

    private static DateTimeOffset? Newest(Block block, LineClock clock, bool firstOnly)
    {
        clock.Start(new TimeResolver(null, null));
        var text = block.Text;
        var newest = long.MinValue;
        while (text.Length > 0 && !(firstOnly && newest > long.MinValue))
        {
            var end = text.IndexOf((byte)'\n');
            if (clock.TryRead(end < 0 ? text : text.Slice(0, end), out var ticks, out _))
            {
                newest = Math.Max(newest, ticks);
            }

            text = end < 0 ? default : text.Slice(end + 1);
        }

        return newest == long.MinValue ? null : new DateTimeOffset(newest, TimeSpan.Zero);
    }
}
