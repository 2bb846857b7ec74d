using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>Compares the shells' own logs with the copies in notice.log, per node and shell.</summary>
internal sealed class TwinLogs : LogObserver
{
    private const int MostLines = 100_000;
    private const int SharedNeeded = 20;
    private static readonly byte[] Command = { (byte)'s', (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'_', (byte)'c', (byte)'o', (byte)'m', (byte)'m', (byte)'a', (byte)'n', (byte)'d', (byte)'=' };
    private static readonly TimeSpan Edge = TimeSpan.FromMinutes(1);

    private readonly Dictionary<(string Node, string Shell), Pair> _pairs = new();

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
            _pairs[(context.Node, shell)] = pair = new Pair();
        }

        var hash = StableHash.Of(FormattableString.Invariant($"{time.UtcTicks} {record["pid"]} {command}"));
        if (record.LogType == LogTypes.Shell)
        {
            pair.Own.Add(time, hash, null, MostLines);
        }
        else
        {
            pair.Copy.Add(time, hash, new Evidence(record, context), MostLines);
        }
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var (key, pair) in _pairs.OrderBy(p => p.Key.Node, StringComparer.Ordinal).ThenBy(p => p.Key.Shell, StringComparer.Ordinal).Select(p => (p.Key, p.Value)))
        {
            var holes = hunt.Coverage.Any(c => c.Node == key.Node && c.LogType is LogTypes.Shell or LogTypes.Notice && (c.Missing.Count > 0 || c.Unreadable.Count > 0));
            if (holes || pair.Own.Full || pair.Copy.Full || pair.Own.First is not { } own || pair.Copy.First is not { } copy)
            {
                continue;
            }

            var from = (own > copy ? own : copy) + Edge;
            var to = (pair.Own.Last < pair.Copy.Last ? pair.Own.Last : pair.Copy.Last) - Edge;
            var both = pair.Copy.Lines.Where(l => l.Value!.Context.Time >= from && l.Value.Context.Time <= to).ToList();
            var gone = both.Where(l => !pair.Own.Lines.ContainsKey(l.Key)).Select(l => l.Value!).Where(e => hunt.Window.Contains(e.Context.Time)).OrderBy(e => e.Context.Time).ToList();
            var shared = both.Count - gone.Count;
            if (gone.Count > 0 && shared >= SharedNeeded && shared * 10 >= both.Count * 9)
            {
                hunt.Collector.Conclude(TraceHeuristics.Twins, gone[0], null, FormattableString.Invariant($"{gone.Count} commands of {key.Shell} stand in notice.log and not in the shell's own log, which has {shared} others of the same time."), key.Node + "\0" + key.Shell + "\0" + gone[0].Excerpt);
            }
        }
    }

    private sealed class Pair
    {
        public Side Own { get; } = new();

        public Side Copy { get; } = new();
    }

    private sealed class Side
    {
        public Dictionary<ulong, Evidence?> Lines { get; } = new();

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        /// <summary>True when not every line could be kept: nothing may be concluded then.</summary>
        public bool Full { get; private set; }

        public void Add(DateTimeOffset time, ulong hash, Evidence? evidence, int most)
        {
            First = First is { } first && first <= time ? first : time;
            Last = Last is { } last && last >= time ? last : time;
            if (Lines.Count >= most)
            {
                Full = true;
            }
            else
            {
                Lines[hash] = evidence;
            }
        }
    }
}
