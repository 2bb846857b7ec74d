using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// CVE-2026-88771: once a day a job of root reads the last line in ns.log, ns.log.0 and messages that looks like the crash of a packet
/// engine, and runs what is planted in it. A planted line is run when it is the last one at that moment and still in those files. When
/// the job ran, cron's log says; where it does not, a day is what the job takes at most.
/// </summary>
internal sealed class CrashLineOrder : LogObserver
{
    private const int MostLines = 20_000;
    private const int MostRuns = 2000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly byte[] Marker = Encoding.ASCII.GetBytes("pitboss");
    private static readonly byte[] Job = Encoding.ASCII.GetBytes("ns_monuploadd_err");

    private readonly List<CrashLine> _lines = new();
    private readonly Dictionary<string, List<DateTimeOffset>> _runs = new(StringComparer.Ordinal);
    private long _dropped;

    public override bool Reads(string logType) => logType is LogTypes.NsLog or LogTypes.Messages or LogTypes.Cron;

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Marker) >= 0 || line.IndexOf(Job) >= 0 || (PercentText.MayHide(line) && Decoded(line));

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (context.Time is not { } time)
        {
            return;
        }

        if (record.LogType == LogTypes.Cron)
        {
            Ran(record, context.Node, time);
            return;
        }

        var text = PercentText.Decode(record.Raw);
        var at = text.IndexOf("pitboss", StringComparison.Ordinal);
        if (at < 0 || text.IndexOf("PPE", at, StringComparison.Ordinal) < 0
            || (text.IndexOf("unexpectedly died", StringComparison.OrdinalIgnoreCase) < 0 && text.IndexOf("missed too many heartbeats", StringComparison.OrdinalIgnoreCase) < 0))
        {
            return;
        }

        if (_lines.Count >= MostLines)
        {
            _dropped++;
            return;
        }

        // the process itself says so, in its own words: nothing of a client is in the line
        var genuine = record["module"] is null && record["process"] == "pitboss" && text.IndexOf('"') < 0 && text.IndexOfAny(new[] { ';', '`', '$', '|', '&', '>', '%' }, at) < 0 && ReferenceEquals(text, record.Raw);
        _lines.Add(new CrashLine(time, genuine, record.LogType == LogTypes.NsLog, new Evidence(record, context)));
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var node in _lines.GroupBy(l => l.Evidence.Context.Node, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var lines = node.OrderBy(l => l.Time).ToList();
            var runs = _runs.TryGetValue(node.Key, out var known) ? known.Distinct().OrderBy(r => r).ToList() : new List<DateTimeOffset>();
            for (var i = 0; i < lines.Count; i++)
            {
                if (!lines[i].Genuine && hunt.Window.Contains(lines[i].Time))
                {
                    Judge(hunt, node.Key, lines[i], i + 1 < lines.Count ? lines[i + 1] : null, runs);
                }
            }
        }

        hunt.Collector.Exclude("crash lines too many to order", _dropped);
    }

    private static void Judge(HuntContext hunt, string node, CrashLine line, CrashLine? next, List<DateTimeOffset> runs)
    {
        var end = next is not null && next.Time < line.Time + Day ? next.Time : line.Time + Day;
        var reach = line.InNsLog ? Reach(hunt, node, line) : null;
        var run = runs.FirstOrDefault(r => r > line.Time && r < end && (reach is null || r < reach));
        if (run != default)
        {
            Conclude(hunt, node, line, FormattableString.Invariant($"The daily job ran {run:yyyy-MM-dd HH:mm}Z, when this was the last crash line."));
        }
        else if (runs.Exists(r => r > line.Time && r <= line.Time + Day))
        {
            hunt.Collector.Exclude("planted crash lines that were not the last, or no longer in ns.log and ns.log.0, when the daily job ran", 1);
        }
        else if (end < line.Time + Day)
        {
            hunt.Collector.Exclude(next!.Genuine ? "planted crash lines that a genuine crash followed within a day: run only if the daily job came between" : "planted crash lines that another planted line followed", 1);
        }
        else if (reach is { } turned && turned < end)
        {
            hunt.Collector.Exclude("planted crash lines that were turned over out of ns.log.0 within a day: run only if the daily job came before", 1);
        }
        else if (hunt.Coverage.Any(c => c.Node == node && c.LogType == LogTypes.NsLog && c.Last >= end && !c.Gaps.Any(g => g.From < end && g.To > line.Time)))
        {
            Conclude(hunt, node, line, FormattableString.Invariant($"No other crash line followed until {end:yyyy-MM-dd HH:mm}Z: the daily job found this one as the last."));
        }
        else
        {
            hunt.Collector.Exclude("planted crash lines of which it is not known whether they were the last, for the logs end or have a gap within a day", 1);
        }
    }

    private static void Conclude(HuntContext hunt, string node, CrashLine line, string reason) =>
        hunt.Collector.Conclude(TraceHeuristics.LastCrashLine, line.Evidence, null, reason, node + "\0" + line.Time.UtcTicks + "\0" + line.Evidence.Excerpt);

    // ns.log becomes ns.log.0 and then a file that the job does not read; null where that has not happened
    private static DateTimeOffset? Reach(HuntContext hunt, string node, CrashLine line)
    {
        var files = hunt.Logs.Where(n => n.Node == node).SelectMany(n => n.Logs).Where(l => l.LogType == LogTypes.NsLog).SelectMany(l => l.Files)
            .Where(f => f.First is not null).OrderByDescending(f => f.Rotation).ToList();
        var at = files.FindIndex(f => ReferenceEquals(f.File, line.Evidence.Context.File));
        return at >= 0 && at + 2 < files.Count ? files[at + 2].First : null;
    }

    private void Ran(LogRecord record, string node, DateTimeOffset time)
    {
        if (record.Raw.IndexOf("CMD", StringComparison.Ordinal) < 0 || record.Raw.IndexOf("(root)", StringComparison.Ordinal) < 0)
        {
            return;
        }

        if (!_runs.TryGetValue(node, out var runs))
        {
            _runs[node] = runs = new List<DateTimeOffset>();
        }

        if (runs.Count < MostRuns)
        {
            runs.Add(time);
        }
    }

    private static bool Decoded(ReadOnlySpan<byte> line) =>
        PercentText.Decode(Encoding.GetEncoding(28591).GetString(line.Slice(0, Math.Min(line.Length, 8192)).ToArray())).IndexOf("pitboss", StringComparison.Ordinal) >= 0;

    private sealed record CrashLine(DateTimeOffset Time, bool Genuine, bool InNsLog, Evidence Evidence);
}
