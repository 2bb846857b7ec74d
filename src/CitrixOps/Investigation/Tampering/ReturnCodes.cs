using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// A shell writes the command and, when it ends, its return code. Where a log holds them in pairs, a return code that follows another
/// return code of the same process lost its command. A process whose beginning another file holds is not judged.
/// </summary>
internal sealed class ReturnCodes : LogObserver
{
    private const int PairsNeeded = 20;
    private const int MostProcesses = 20_000;
    private const int MostKept = 100;
    private static readonly byte[] Command = { (byte)'s', (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'_', (byte)'c', (byte)'o', (byte)'m', (byte)'m', (byte)'a', (byte)'n', (byte)'d', (byte)'=' };
    private static readonly byte[] Code = { (byte)'r', (byte)'e', (byte)'t', (byte)'u', (byte)'r', (byte)'n', (byte)'_', (byte)'c', (byte)'o', (byte)'d', (byte)'e', (byte)'=' };

    private readonly SearchWindow _window;
    private readonly Dictionary<(string Node, string Kind), Tally> _logs = new();
    private readonly Dictionary<string, bool> _expecting = new(StringComparer.Ordinal);

    public ReturnCodes(SearchWindow window) => _window = window;

    public override bool Reads(string logType) => logType is LogTypes.Shell;

    public override void StartFile(LogFile log, string node) => _expecting.Clear();

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Code) >= 0 || line.IndexOf(Command) >= 0;

    public override void Observe(LogRecord record, in LineContext context)
    {
        // without a terminal it is the appliance's own noise
        if (record["pid"] is not { Length: < 20 } pid || record["tty"] is not { } tty || tty == "(null)")
        {
            return;
        }

        if (record["command"] is not null)
        {
            if (_expecting.Count < MostProcesses || _expecting.ContainsKey(pid))
            {
                _expecting[pid] = true;
            }

            return;
        }

        if (record["return_code"] is null || !_expecting.TryGetValue(pid, out var expected))
        {
            return;
        }

        if (!_logs.TryGetValue((context.Node, context.Kind), out var tally))
        {
            _logs[(context.Node, context.Kind)] = tally = new Tally();
        }

        _expecting[pid] = false;
        if (expected)
        {
            tally.Pairs++;
            return;
        }

        tally.Alone++;
        if (tally.Kept.Count < MostKept && _window.Contains(context.Time))
        {
            tally.Kept.Add(new Evidence(record, context));
        }
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var (key, tally) in _logs.OrderBy(l => l.Key.Node, StringComparer.Ordinal).ThenBy(l => l.Key.Kind, StringComparer.Ordinal).Select(l => (l.Key, l.Value)))
        {
            if (tally.Pairs < PairsNeeded || tally.Alone * 20 > tally.Pairs)
            {
                hunt.Collector.Exclude("return codes without a command in logs that do not hold both in pairs", tally.Alone);
            }
            else if (tally.Kept.Count > 0)
            {
                var first = tally.Kept.OrderBy(e => e.Context.Time).First();
                hunt.Collector.Conclude(TraceHeuristics.CodeWithoutCommand, first, null, FormattableString.Invariant($"{tally.Kept.Count} return codes in {key.Kind} have no command before them, {tally.Pairs} others have."), key.Node + "\0" + key.Kind + "\0" + first.Excerpt);
            }
        }
    }

    private sealed class Tally
    {
        public long Pairs { get; set; }

        public long Alone { get; set; }

        public List<Evidence> Kept { get; } = new();
    }
}
