using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>Compares the shells' own logs with the copies in notice.log, per node and shell, in both directions.</summary>
internal sealed class TwinLogs : LogObserver
{
    private const int MostLines = 50_000;
    private const int SharedNeeded = 20;
    private static readonly byte[] Command = { (byte)'s', (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'_', (byte)'c', (byte)'o', (byte)'m', (byte)'m', (byte)'a', (byte)'n', (byte)'d', (byte)'=' };
    private static readonly TimeSpan Edge = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Node, string Shell), (Side Own, Side Copy)> _pairs = new();

    public override bool Reads(string logType) => logType is LogTypes.Shell or LogTypes.Notice;

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Command) >= 0;

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (record["process"] is not { } shell || shell is not ("bash" or "sh") || record["command"] is not { } command || context.Time is not { } time)
        {
            return;
        }

        if (!_pairs.TryGetValue((context.Node, shell), out var pair))
        {
            _pairs[(context.Node, shell)] = pair = (new Side(), new Side());
        }

        var hash = StableHash.Of(FormattableString.Invariant($"{time.UtcTicks} {record["pid"]} {command}"));
        (record.LogType == LogTypes.Shell ? pair.Own : pair.Copy).Add(time, hash, record, context);
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var ((node, shell), (own, copy)) in _pairs.OrderBy(p => p.Key.Node, StringComparer.Ordinal).ThenBy(p => p.Key.Shell, StringComparer.Ordinal).Select(p => (p.Key, p.Value)))
        {
            var holes = hunt.Coverage.Any(c => c.Node == node && c.LogType is LogTypes.Shell or LogTypes.Notice && (c.Missing.Count > 0 || c.Unreadable.Count > 0));
            if (own.Full || copy.Full)
            {
                hunt.Collector.Exclude("shell commands too many to compare a log with its copy in notice.log", own.Dropped + copy.Dropped);
            }
            else if (own.First is null)
            {
                Absent(hunt, node, shell, copy);
            }
            else if (!holes && copy.First is not null)
            {
                Compare(hunt, node, shell, "notice.log", copy, "the shell's own log", own);
                Compare(hunt, node, shell, "the shell's own log", own, "notice.log", copy);
            }
        }
    }

    private static void Compare(HuntContext hunt, string node, string shell, string name, Side side, string otherName, Side other)
    {
        var from = (side.First > other.First ? side.First : other.First) + Edge;
        var to = (side.Last < other.Last ? side.Last : other.Last) - Edge;
        var both = side.Lines.Where(l => l.Value.Context.Time >= from && l.Value.Context.Time <= to).ToList();
        var gone = both.Where(l => !other.Lines.ContainsKey(l.Key)).Select(l => l.Value).Where(e => hunt.Window.Contains(e.Context.Time)).OrderBy(e => e.Context.Time).ThenBy(e => e.Context.Number).ToList();
        var shared = both.Count(l => other.Lines.ContainsKey(l.Key));
        if (gone.Count > 0 && shared >= SharedNeeded && shared * 10 >= both.Count * 9)
        {
            hunt.Collector.Conclude(TraceHeuristics.Twins, gone[0], null, FormattableString.Invariant($"{gone.Count} commands of {shell} stand in {name} and not in {otherName}, which has {shared} others of the same time."), node + "\0" + shell + "\0" + name + "\0" + gone[0].Excerpt);
        }
    }

    // the shell's own log is not there at all, while its copies are: only where the whole folder of logs was searched
    private static void Absent(HuntContext hunt, string node, string shell, Side copy)
    {
        var logs = hunt.Logs.FirstOrDefault(n => n.Node == node);
        var shown = copy.Lines.Values.Where(e => hunt.Window.Contains(e.Context.Time)).OrderBy(e => e.Context.Time).ThenBy(e => e.Context.Number).FirstOrDefault();
        if (shown is null || logs is null || logs.IsIncomplete || !logs.Logs.SelectMany(l => l.Files).All(RotatedFiles.OnAppliance) || logs.Logs.Any(l => l.Kind == shell + ".log" && l.Files.Any(f => f.Fault is not null)))
        {
            return;
        }

        hunt.Collector.Conclude(TraceHeuristics.FileMissing, shown, null, FormattableString.Invariant($"{shell}.log holds no command, while notice.log has copies of {copy.Lines.Count}."), node + "\0" + shell + ".log\0absent");
    }

    private sealed class Side
    {
        public Dictionary<ulong, Evidence> Lines { get; } = new();

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public long Dropped { get; private set; }

        /// <summary>True when not every line could be kept: nothing may be concluded then.</summary>
        public bool Full => Dropped > 0;

        public void Add(DateTimeOffset time, ulong hash, LogRecord record, in LineContext context)
        {
            First = First is { } first && first <= time ? first : time;
            Last = Last is { } last && last >= time ? last : time;
            if (Lines.ContainsKey(hash))
            {
                return;
            }

            if (Lines.Count >= MostLines)
            {
                Dropped++;
                return;
            }

            Lines[hash] = new Evidence(record, context);
        }
    }
}
