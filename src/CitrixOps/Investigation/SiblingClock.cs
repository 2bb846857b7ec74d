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
/// better guess for when it was written.
/// </summary>
internal sealed class SiblingClock
{
    private static readonly TimeSpan Suspicious = TimeSpan.FromDays(45);

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
                using var reader = new LogLineReader(file.OpenRead(), file.ToString());
                var resolver = new TimeResolver(null, null);
                var found = false;
                while (!(found && firstOnly) && reader.Next())
                {
                    if (log.Format.TryReadStamp(reader.Line, out var stamp) && resolver.TryResolve(stamp, out var time, out _))
                    {
                        found = true;
                        newest = newest is { } so && so > time ? so : time;
                    }
                }
            }
            catch (Exception e) when (ReadFailures.Concerns(e))
            {
                // the search itself reports it
            }
        }

        return newest;
    }
}
