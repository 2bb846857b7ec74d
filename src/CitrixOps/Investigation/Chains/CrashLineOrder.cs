using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// CVE-2026-88771: once a day a job of root reads the last line in ns.log, ns.log.0 and messages that looks like the crash of a packet
/// engine, and runs what is planted in it. A planted line is run when it is still the last one then, a day later at most; a genuine
/// crash after it takes its place.
/// </summary>
internal sealed class CrashLineOrder : LogObserver
{
    private const int MostLines = 20_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly byte[] Marker = { (byte)'p', (byte)'i', (byte)'t', (byte)'b', (byte)'o', (byte)'s', (byte)'s' };

    private readonly List<(DateTimeOffset Time, bool Genuine, Evidence Evidence)> _lines = new();
    private long _dropped;

    public override bool Reads(string logType) => logType is LogTypes.NsLog or LogTypes.Messages;

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Marker) >= 0;

    public override void Observe(LogRecord record, in LineContext context)
    {
        var raw = record.Raw;
        var at = raw.IndexOf("pitboss", StringComparison.Ordinal);
        if (context.Time is not { } time || at < 0 || raw.IndexOf("PPE", at, StringComparison.Ordinal) < 0
            || (raw.IndexOf("unexpectedly died", StringComparison.OrdinalIgnoreCase) < 0 && raw.IndexOf("missed too many heartbeats", StringComparison.OrdinalIgnoreCase) < 0))
        {
            return;
        }

        if (_lines.Count >= MostLines)
        {
            _dropped++;
            return;
        }

        // the process itself says so, in its own words: nothing of a client is in the line
        var genuine = record["module"] is null && record["process"] == "pitboss" && raw.IndexOf('"') < 0 && raw.IndexOfAny(new[] { ';', '`', '$', '|', '&', '>', '%' }, at) < 0;
        _lines.Add((time, genuine, new Evidence(record, context)));
    }

    public override void Complete(HuntContext hunt)
    {
        var lines = _lines.OrderBy(l => l.Time).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            var (time, genuine, evidence) = lines[i];
            if (genuine || !hunt.Window.Contains(time))
            {
                continue;
            }

            if (i + 1 < lines.Count && lines[i + 1].Time - time <= Day)
            {
                hunt.Collector.Exclude(lines[i + 1].Genuine ? "planted crash lines that a genuine crash followed within a day: run only if the daily job came between" : "planted crash lines that another planted line followed", 1);
            }
            else if (hunt.Coverage.Any(c => c.Node == evidence.Context.Node && c.LogType == LogTypes.NsLog && c.Last >= time + Day && !c.Gaps.Any(g => g.From < time + Day && g.To > time)))
            {
                hunt.Collector.Conclude(TraceHeuristics.LastCrashLine, evidence, null, FormattableString.Invariant($"No other crash line followed until {time + Day:yyyy-MM-dd HH:mm}Z: the daily job found this one as the last."), evidence.Context.Node + "\0" + time.UtcTicks + "\0" + evidence.Excerpt);
            }
            else
            {
                hunt.Collector.Exclude("planted crash lines of which it is not known whether they were the last, for the logs end or have a gap within a day", 1);
            }
        }

        hunt.Collector.Exclude("crash lines too many to order", _dropped);
    }
}
