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
/// file itself: filters and load make holes everywhere, and then nothing is concluded. A number that comes a few lines late is not missing.
/// </summary>
internal sealed class MessageNumbers : LogObserver
{
    /// <summary>A name as long as this is none.</summary>
    public const int LongestEngine = 40;

    private const int MostEngines = 64;
    private const int StepsNeeded = 200;
    private const int MostGaps = 20;
    private const long LargestJump = 1_000_000;
    private const int LateBy = 64;
    private static readonly byte[] Engine = { (byte)'P', (byte)'P', (byte)'E', (byte)'-' };

    private readonly ParsedLine _line = new();
    private readonly SearchWindow _window;
    private readonly JoinedRecords _records;
    private readonly Dictionary<string, Sequence> _engines = new(StringComparer.Ordinal);
    private readonly List<Gap> _gaps = new();

    public MessageNumbers(SearchWindow window) => (_window, _records) = (window, new JoinedRecords(One));

    public override bool Reads(string logType) => logType == LogTypes.NsLog;

    public override void StartFile(LogFile log, string node) => Settle();

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Engine) >= 0;

    public override LineNotes NewNotes() => new NumberNotes(this);

    public override void Observe(LogRecord record, in LineContext context) => _records.Each(record, context);

    private void One(LogRecord record, in LineContext context)
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
        if (step < 0 && sequence.IsLate(number))
        {
            return;
        }

        sequence.Dense += step == 1 ? 1 : 0;
        if (step is > 1 and < LargestJump && sequence.Gaps.Count < MostGaps && _window.Contains(line.Context.Time))
        {
            sequence.Gaps.Add(new Gap(line.Evidence(), sequence.Last, number, engine, sequence.Steps));
        }

        sequence.Last = number;
    }

    public override void Complete(HuntContext hunt)
    {
        Settle();
        foreach (var gap in _gaps)
        {
            var name = SafeText.FromRecord(gap.Engine, 40);
            hunt.Collector.Conclude(TraceHeuristics.MissingNumbers, gap.Evidence, null, FormattableString.Invariant($"{gap.Missing} messages of {name} are missing between numbers {gap.From} and {gap.To}."), gap.Evidence.Context.Node + "\0" + name + "\0" + gap.From + "\0" + gap.To);
        }
    }

    private void Settle()
    {
        foreach (var sequence in _engines.Values)
        {
            if (sequence.Steps >= StepsNeeded && sequence.Dense * 100 >= sequence.Steps * 98 && _gaps.Count < 1000)
            {
                _gaps.AddRange(sequence.Gaps.FindAll(g => g.Missing > 0));
            }
        }

        _engines.Clear();
    }

    private sealed class Sequence
    {
        public long Last { get; set; }

        public long Steps { get; set; }

        public long Dense { get; set; }

        public List<Gap> Gaps { get; } = new();

        /// <summary>Whether a number fills a hole of a moment ago; then the hole is smaller.</summary>
        public bool IsLate(long number)
        {
            for (var i = Gaps.Count - 1; i >= 0 && Steps - Gaps[i].Step <= LateBy; i--)
            {
                if (number > Gaps[i].From && number < Gaps[i].To)
                {
                    Gaps[i].Late.Add(number);
                    return true;
                }
            }

            return false;
        }
    }

    private sealed class Gap
    {
        public Gap(Evidence evidence, long from, long to, string engine, long step) => (Evidence, From, To, Engine, Step) = (evidence, from, to, engine, step);

        public Evidence Evidence { get; }

        public long From { get; }

        public long To { get; }

        public string Engine { get; }

        public long Step { get; }

        public HashSet<long> Late { get; } = new();

        public long Missing => To - From - 1 - Late.Count;
    }
}
