using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// Compares ns.log of an appliance with what a collector received of it, message by message from the packet engine's own stamp on, which
/// no relay changes. Works only where both are searched as one gateway; otherwise it reads nothing.
/// </summary>
internal sealed class LogCopies : LogObserver
{
    private const int MostLines = 100_000;
    private const int SharedNeeded = 50;
    private static readonly byte[] Engine = { (byte)'P', (byte)'P', (byte)'E', (byte)'-' };
    private static readonly TimeSpan Edge = TimeSpan.FromMinutes(1);

    // by the node that the engine names itself
    private readonly Dictionary<string, (Side Local, Side Remote)> _nodes = new(StringComparer.Ordinal);
    private bool _active;

    public override void Prepare(IReadOnlyList<ApplianceSource> sources) => _active = sources.Any(s => s.Kind == SourceKind.LooseFiles) && sources.Any(s => s.Kind is not (SourceKind.LooseFiles or SourceKind.Backup));

    public override bool Reads(string logType) => logType == LogTypes.NsLog;

    public override bool Wants(ReadOnlySpan<byte> line) => _active && line.IndexOf(Engine) >= 0;

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (context.Time is not { } time || record["ppe"] is not { } engine || record["event"] is not { } kind)
        {
            return;
        }

        var at = record.Raw.IndexOf(engine, StringComparison.Ordinal);
        var node = SafeText.FromRecord(record["node"] ?? "", 80);
        if (!_nodes.TryGetValue(node, out var sides))
        {
            if (_nodes.Count >= 64)
            {
                return;
            }

            _nodes[node] = sides = (new Side(), new Side());
        }

        var hash = StableHash.Of(record.Raw.Substring(at).TrimEnd(), StableHash.Of(FormattableString.Invariant($"{time.UtcTicks} ")));
        var local = context.File.AppliancePath is not null;
        (local ? sides.Local : sides.Remote).Add(time, hash, StableHash.Of(record["module"] + " " + kind), local ? null : new Evidence(record, context));
    }

    public override void Complete(HuntContext hunt)
    {
        var holes = hunt.Logs.Any(n => n.IsIncomplete) || hunt.Coverage.Any(c => c.LogType == LogTypes.NsLog && (c.Missing.Count > 0 || c.Unreadable.Count > 0));
        foreach (var (node, (local, remote)) in _nodes.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => (n.Key, n.Value)))
        {
            if (local.First is null || remote.First is null)
            {
                continue;
            }

            if (holes || local.Dropped + remote.Dropped > 0)
            {
                hunt.Notes.Add("ns.log and the collector's copy of it were not compared: " + (holes ? "files of one of them are missing or unreadable." : FormattableString.Invariant($"more than {MostLines:N0} lines.")));
                continue;
            }

            Compare(hunt, node, local, remote);
        }
    }

    private static void Compare(HuntContext hunt, string node, Side local, Side remote)
    {
        var from = (local.First > remote.First ? local.First : remote.First)!.Value + Edge;
        var to = (local.Last < remote.Last ? local.Last : remote.Last)!.Value - Edge;
        var received = remote.Between(from, to);
        var kept = local.Between(from, to);
        var shared = received.Count(l => local.Lines.ContainsKey(l.Key));
        hunt.Notes.Add(FormattableString.Invariant($"ns.log{(node.Length > 0 ? " of " + node : "")} was compared with a copy from elsewhere between {from:yyyy-MM-dd HH:mm}Z and {to:yyyy-MM-dd HH:mm}Z: {shared} lines are in both, {received.Count - shared} only in the copy, {kept.Count - shared} only in ns.log."));
        if (shared < SharedNeeded || shared * 10 < received.Count * 9)
        {
            return;
        }

        // a collector may be sent kinds of messages that the appliance does not keep; it may lose some on the way
        var kinds = new HashSet<ulong>(kept.Select(l => l.Value.Kind));
        var gone = received.Where(l => !local.Lines.ContainsKey(l.Key) && kinds.Contains(l.Value.Kind) && hunt.Window.Contains(l.Value.Time)).Select(l => l.Value.Evidence!).OrderBy(e => e.Context.Time).ThenBy(e => e.Context.Number).ToList();
        if (gone.Count > 0)
        {
            hunt.Collector.Conclude(TraceHeuristics.CopyHasMore, gone[0], null, FormattableString.Invariant($"{gone.Count} lines that the collector received are not in the appliance's ns.log, which has {shared} others of the same time."), node + "\0" + gone[0].Excerpt);
        }

        hunt.Collector.Exclude("lines of ns.log that the collector's copy lacks: lost on the way, or not sent", kept.Count - shared);
    }

    private sealed class Side
    {
        public Dictionary<ulong, Entry> Lines { get; } = new();

        public DateTimeOffset? First { get; private set; }

        public DateTimeOffset? Last { get; private set; }

        public long Dropped { get; private set; }

        public List<KeyValuePair<ulong, Entry>> Between(DateTimeOffset from, DateTimeOffset to) => Lines.Where(l => l.Value.Time >= from && l.Value.Time <= to).ToList();

        public void Add(DateTimeOffset time, ulong hash, ulong kind, Evidence? evidence)
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

            Lines[hash] = new Entry(time, kind, evidence);
        }
    }

    private sealed record Entry(DateTimeOffset Time, ulong Kind, Evidence? Evidence);
}
