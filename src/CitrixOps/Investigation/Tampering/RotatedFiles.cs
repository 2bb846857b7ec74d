using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// Looks at the files of each log of an appliance together: which are missing, which were emptied or touched after they were turned
/// over, and in which lines do not stand in the order of their times.
/// </summary>
internal sealed class RotatedFiles : LogObserver
{
    private const int LinesNeeded = 100;
    private const int PeersNeeded = 3;
    private static readonly TimeSpan Close = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public override bool Reads(string logType) => false;

    public override bool Wants(ReadOnlySpan<byte> line) => false;

    public override void Observe(LogRecord record, in LineContext context)
    {
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var node in hunt.Logs)
        {
            foreach (var log in node.Logs.Where(l => l.Files.Count > 0))
            {
                if (!node.IsIncomplete && log.Files.All(f => OnAppliance(f)))
                {
                    Missing(hunt, node.Node, log);
                    Emptied(hunt, node.Node, log);
                    Edited(hunt, node.Node, log);
                }

                Order(hunt, node.Node, log);
            }
        }
    }

    /// <summary>Whether a file comes from the place where an appliance keeps its logs, with all that lies beside it.</summary>
    public static bool OnAppliance(FileSpan file) => file.File.AppliancePath?.StartsWith("/var/log/", StringComparison.Ordinal) == true;

    // newsyslog drops the oldest only
    private static void Missing(HuntContext hunt, string node, LogTally log)
    {
        var missing = log.Missing();
        if (missing.Count == 0)
        {
            return;
        }

        var lost = log.Files.Select(f => f.Rotation).ToList();
        var hole = Enumerable.Range(-1, lost.Max() + 1).First(i => !lost.Contains(i));
        var newer = log.Files.Where(f => f.Rotation < hole && f.First is not null).OrderByDescending(f => f.Rotation).FirstOrDefault();
        var older = log.Files.Where(f => f.Rotation > hole && f.Last is not null).OrderBy(f => f.Rotation).FirstOrDefault();
        var shown = newer ?? older ?? log.Files[0];
        var between = older?.Last is { } from ? newer?.First is { } to ? FormattableString.Invariant($" It held what came between {from:yyyy-MM-dd HH:mm}Z and {to:yyyy-MM-dd HH:mm}Z.") : FormattableString.Invariant($" It held what came after {from:yyyy-MM-dd HH:mm}Z.") : "";
        var time = newer?.First ?? older?.Last;
        if (!hunt.Window.Contains(time) && !hunt.Window.Contains(older?.Last))
        {
            return;
        }

        hunt.Collector.Conclude(TraceHeuristics.FileMissing, At(shown, node, time, "rotation of " + log.Kind), null, string.Join(", ", missing.Take(5)) + (missing.Count > 5 ? ", ..." : "") + (missing.Count == 1 ? " is" : " are") + " missing among files that are there." + between, node + "\0" + log.Kind + "\0" + string.Join(",", missing));
    }

    // the first line of these is newsyslog's own: there is no moment in which such a file is empty
    private static void Emptied(HuntContext hunt, string node, LogTally log)
    {
        if (log.LogType is LogTypes.HttpAccess or LogTypes.HttpError || log.Files.Count < 2)
        {
            return;
        }

        foreach (var file in log.Files.Where(f => f.Lines == 0 && f.Fault is null))
        {
            hunt.Collector.Conclude(TraceHeuristics.LogEdited, At(file, node, file.File.Modified, log.Kind), null, "The file is empty, while others of this log are not.", node + "\0" + file.Name + "\0empty");
        }
    }

    // a file that was turned over is not written to any more; where the other files' times show that times were kept, one that does not fit was changed
    private static void Edited(HuntContext hunt, string node, LogTally log)
    {
        var closed = log.Files.Where(f => f.Rotation >= 0 && f.Last is not null && f.File.Modified is not null && f.Fault is null).ToList();
        var fitting = closed.Count(f => f.File.Modified!.Value - f.Last!.Value is var late && late < Close && late > -Close);
        foreach (var file in closed.Where(f => fitting >= PeersNeeded && fitting * 4 >= closed.Count * 3 && f.File.Modified!.Value - f.Last!.Value > Hour))
        {
            var next = log.Files.FirstOrDefault(f => f.Rotation == file.Rotation - 1)?.First;
            if (next is { } begun && file.File.Modified > begun + Hour && hunt.Window.Contains(file.File.Modified))
            {
                hunt.Collector.Conclude(TraceHeuristics.LogEdited, At(file, node, file.File.Modified, log.Kind), null, FormattableString.Invariant($"The file was changed {file.File.Modified:yyyy-MM-dd HH:mm}Z; its last line is of {file.Last:yyyy-MM-dd HH:mm}Z, and the next file begins {begun:yyyy-MM-dd HH:mm}Z."), node + "\0" + file.Name + "\0changed");
            }
        }
    }

    private static void Order(HuntContext hunt, string node, LogTally log)
    {
        foreach (var file in log.Files.Where(f => f.Order is not null))
        {
            var order = file.Order!;
            var zones = order.Stretches.Count(s => s.IsZone);
            var merged = order.StretchCount > TimeOrder.MostStretches;
            if (merged || zones > 0)
            {
                hunt.Collector.Exclude(merged ? "stretches of lines out of order, too many for anything but a log that was merged or relayed" : "lines whose time is off by whole hours: another zone or a change of the clock", merged ? order.StretchCount : zones);
            }

            hunt.Collector.Exclude("places where a log falls back to before its beginning: files joined newest first", order.Joined);
            var odd = merged ? new List<TimeOrder.Stretch>() : order.Stretches.Where(s => !s.IsZone && (hunt.Window.Contains(s.Time) || hunt.Window.Contains(s.Among))).ToList();
            if (odd.Count > 0 && file.Lines >= LinesNeeded)
            {
                var first = odd[0];
                var reason = FormattableString.Invariant($"{odd.Sum(s => s.Count)} lines in {odd.Count} places do not stand where their time belongs; the first states {first.Time:yyyy-MM-dd HH:mm:ss}Z and stands among lines of {first.Among:yyyy-MM-dd HH:mm:ss}Z.");
                hunt.Collector.Conclude(TraceHeuristics.OutOfOrder, At(file, node, first.Time, log.Kind, first.Line), null, reason, node + "\0" + log.Kind + "\0" + first.Time.UtcTicks + "\0" + first.Among.UtcTicks);
            }

            Setback(hunt, node, log, file, order);
        }
    }

    private static void Setback(HuntContext hunt, string node, LogTally log, FileSpan file, TimeOrder order)
    {
        var (line, before, after) = order.Setback;
        if (order.Setbacks == 0 || file.Lines < LinesNeeded || !hunt.Window.Contains(before))
        {
            return;
        }

        // an hour in a zone that changes its clock; the first correction after a start is minutes
        if (new TimeOrder.Stretch(line, 1, after, before).IsZone || before - after < Close)
        {
            hunt.Collector.Exclude("times that fall back by an hour or by minutes: a change or a correction of the clock", order.Setbacks);
            return;
        }

        hunt.Collector.Conclude(TraceHeuristics.ClockSetBack, At(file, node, after, log.Kind, line), null, FormattableString.Invariant($"The time falls back from {before:yyyy-MM-dd HH:mm:ss}Z to {after:yyyy-MM-dd HH:mm:ss}Z and goes on from there."), node + "\0" + log.Kind + "\0" + before.UtcTicks);
    }

    private static Evidence At(FileSpan file, string node, DateTimeOffset? time, string kind, long line = 0) =>
        new(file.File, node, line, time, TimeTrust.Neighbour, kind + ": " + file.Name + (line > 0 ? FormattableString.Invariant($", line {line}") : ""));
}
