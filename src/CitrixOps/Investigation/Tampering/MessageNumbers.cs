using System;
using System.Collections.Generic;
using System.Globalization;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// Follows the number that each packet engine gives its messages, file by file. Whether a log numbers without holes is seen from the
/// file itself: filters and load make holes everywhere, and then nothing is concluded.
/// </summary>
internal sealed class MessageNumbers : LogObserver
{
    /// <summary>A name as long as this is none.</summary>
    public const int LongestEngine = 40;

    private const int MostEngines = 64;
    private const int StepsNeeded = 200;
    private const int MostGaps = 20;
    private const long LargestJump = 1_000_000;
    private static readonly byte[] Engine = { (byte)'P', (byte)'P', (byte)'E', (byte)'-' };

    private readonly ParsedLine _line = new();
    private readonly SearchWindow _window;
    private readonly Dictionary<string, Sequence> _engines = new(StringComparer.Ordinal);
    private readonly List<(Evidence Evidence, long From, long To, string Engine)> _gaps = new();

    public MessageNumbers(SearchWindow window) => _window = window;

    public override bool Reads(string logType) => logType == LogTypes.NsLog;

    public override void StartFile(LogFile log, string node) => Settle();

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Engine) >= 0;

    public override LineNotes NewNotes() => new NumberNotes(this);

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (record["ppe"] is { Length: < LongestEngine } engine && long.TryParse(record["message-id"], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Number(engine, number, _line.Of(record, context));
        }
    }

    /// <summary>The next number of an engine.</summary>
    public void Number(string engine, long number, ObservedLine line)
    {
        if (!_engines.TryGetValue(engine, out var sequence))
        {
            if (_engines.Count >= MostEngines)
            {
                return;
            }

            _engines[engine] = sequence = new Sequence { Last = number };
            return;
        }

        var step = number - sequence.Last;
        sequence.Steps++;
        sequence.Dense += step == 1 ? 1 : 0;
        if (step is > 1 and < LargestJump && sequence.Gaps.Count < MostGaps && _window.Contains(line.Context.Time))
        {
            sequence.Gaps.Add((line.Evidence(), sequence.Last, number, engine));
        }

        sequence.Last = number;
    }

    public override void Complete(HuntContext hunt)
    {
        Settle();
        foreach (var (evidence, from, to, engine) in _gaps)
        {
            var name = SafeText.FromRecord(engine, 40);
            hunt.Collector.Conclude(TraceHeuristics.MissingNumbers, evidence, null, FormattableString.Invariant($"{to - from - 1} messages of {name} are missing between numbers {from} and {to}."), evidence.Context.Node + "\0" + name + "\0" + from + "\0" + to);
        }
    }

    private void Settle()
    {
        foreach (var sequence in _engines.Values)
        {
            if (sequence.Steps >= StepsNeeded && sequence.Dense * 100 >= sequence.Steps * 98 && _gaps.Count < 1000)
            {
                _gaps.AddRange(sequence.Gaps);
            }
        }

        _engines.Clear();
    }

    private sealed class Sequence
    {
        public long Last { get; set; }

        public long Steps { get; set; }

        public long Dense { get; set; }

        public List<(Evidence Evidence, long From, long To, string Engine)> Gaps { get; } = new();
    }
}
