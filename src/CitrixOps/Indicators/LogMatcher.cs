using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;
using CitrixOps.Indicators.Matching.Filtering;
using CitrixOps.Indicators.Matching.Filtering.Vectors;
using CitrixOps.Logs;

namespace CitrixOps.Indicators;

/// <summary>
/// The rules for one log type, compiled: a prefilter over bytes that passes nearly nothing, and for what it passes those rules whose
/// literals stand in the line. Not safe for use from several threads at once; make one per thread with <see cref="Fork"/>.
/// </summary>
public sealed class LogMatcher
{
    private readonly LogRule[] _rules;
    private readonly BlockFilter _filter;
    private readonly RuleSelection.Plan _plan;
    private readonly RuleSelection _selection;
    private readonly bool _isRequestLog;
    private readonly RequestViews _views = new();
    private readonly CommandView? _commands;

    internal LogMatcher(string logType, IEnumerable<LogRule> rules)
    {
        _rules = rules.ToArray();
        _isRequestLog = logType == LogTypes.HttpAccess;
        _commands = ShellText.Applies(logType) ? new CommandView() : null;
        var sets = _rules.Select(r => r.Condition.Witnesses.Where(w => logType != LogTypes.Cef || !w.Literals.Any(CefEscapes)).ToArray()).ToArray();
        _plan = new RuleSelection.Plan(sets, VectorScans.Widest);
        _selection = new RuleSelection(_plan);
        Literals = sets.SelectMany(s => s.Take(1)).SelectMany(s => s.Literals).Distinct(StringComparer.Ordinal).OrderBy(l => l, StringComparer.Ordinal).ToArray();
        _filter = new BlockFilter(sets, _isRequestLog, VectorScans.Widest);
    }

    private LogMatcher(LogMatcher other)
    {
        (_rules, _filter, _plan, _isRequestLog, Literals) = (other._rules, other._filter, other._plan, other._isRequestLog, other.Literals);
        _selection = new RuleSelection(_plan);
        _commands = other._commands is null ? null : new CommandView();
        EvaluateEverything = other.EvaluateEverything;
    }

    /// <summary>The rules.</summary>
    public IReadOnlyList<LogRule> Rules => _rules;

    /// <summary>The literals of which one stands in every line that a rule matches as it is written, lower case.</summary>
    public IReadOnlyList<string> Literals { get; }

    /// <summary>Passes every line to every rule. Slow; what the prefilter is compared with.</summary>
    public bool EvaluateEverything { get; set; }

    /// <summary>True when some rule has no literal to look for: every line is a candidate then.</summary>
    public bool LooksAtEveryLine => _plan.Always.Length > 0;

    // CEF values are unescaped: a literal with one of these may stand otherwise in the line
    private static bool CefEscapes(string literal) => literal.IndexOfAny(new[] { '=', '\\', '\n', '|' }) >= 0;

    /// <summary>Whether a line can match: no rule holds on a line for which this is false.</summary>
    /// <param name="line">The line.</param>
    public bool IsCandidate(ReadOnlySpan<byte> line) => line.Length == 0 ? EvaluateEverything || LooksAtEveryLine : Candidates(line).Next(0) >= 0;

    /// <summary>Looks through a block of lines for those that can match.</summary>
    /// <param name="block">Whole lines, each but the last with its line end.</param>
    public LineCandidates Candidates(ReadOnlySpan<byte> block) => new(this, block);

    /// <summary>A matcher for another thread: it shares what was compiled.</summary>
    public LogMatcher Fork() => new(this);

    /// <summary>Adds the rules that hold on a record.</summary>
    /// <param name="record">The record, parsed.</param>
    /// <param name="hits">Where they are added.</param>
    public void Match(LogRecord record, ICollection<LogRule> hits) => Match(record, default, hits);

    /// <summary>Adds the rules that hold on a record.</summary>
    /// <param name="record">The record, parsed.</param>
    /// <param name="line">Its bytes, when they are at hand.</param>
    /// <param name="hits">Where they are added.</param>
    internal void Match(LogRecord record, ReadOnlySpan<byte> line, ICollection<LogRule> hits)
    {
        var views = _isRequestLog ? _views.Of(record) : _views.Plain(record, _commands?.Of(record));
        if (EvaluateEverything)
        {
            foreach (var rule in _rules)
            {
                Match(rule, views, hits);
            }

            return;
        }

        foreach (var rule in Select(record, line, views))
        {
            Match(_rules[rule], views, hits);
        }
    }

    private static void Match(LogRule rule, IReadOnlyList<IFieldSource> views, ICollection<LogRule> hits)
    {
        for (var i = 0; i < views.Count; i++)
        {
            if (rule.Condition.Holds(views[i]))
            {
                hits.Add(rule);
                break;
            }
        }
    }

    private List<int> Select(LogRecord record, ReadOnlySpan<byte> line, IReadOnlyList<IFieldSource> views)
    {
        if (line.Length > 0)
        {
            _selection.Select(line);
        }
        else
        {
            _selection.Select(record.Raw);
        }

        for (var i = 1; i < views.Count; i++)
        {
            _selection.Add(_isRequestLog ? views[i].Field("cs-uri")! : views[i].Raw);
        }

        return _selection.Chosen;
    }

    private bool Select(ReadOnlySpan<byte> line)
    {
        _selection.Select(line);
        if (_commands is not null && _commands.TryPlain(line, out var plain))
        {
            _selection.Add(plain);
        }

        return _selection.Chosen.Count > 0;
    }

    /// <summary>The lines of a block that can match, found as they are asked for.</summary>
    public ref struct LineCandidates
    {
        private readonly LogMatcher _matcher;
        private readonly ReadOnlySpan<byte> _block;
        private BlockFilter.Places _places;

        internal LineCandidates(LogMatcher matcher, ReadOnlySpan<byte> block)
        {
            _matcher = matcher;
            _block = block;
            _places = matcher._filter.In(block);
        }

        /// <summary>The next line that can match.</summary>
        /// <param name="from">The start of a line, after those that were given before.</param>
        /// <returns>The position of some byte of it, its line end at the latest; -1 when no line from there on can match.</returns>
        public int Next(int from)
        {
            if (_matcher.EvaluateEverything || _matcher.LooksAtEveryLine)
            {
                return from < _block.Length ? from : -1;
            }

            if (_matcher._commands is not null)
            {
                return NextLine(from);
            }

            var place = _places.Next(from);
            return place < _block.Length ? place : -1;
        }

        // a command may be written so that none of its literals stands in the line
        private readonly int NextLine(int from)
        {
            while (from < _block.Length)
            {
                var rest = _block.Slice(from);
                var end = rest.IndexOf((byte)'\n');
                var line = end < 0 ? rest : rest.Slice(0, end);
                if (_matcher.Select(line))
                {
                    return from;
                }

                from += line.Length + 1;
            }

            return -1;
        }
    }
}
