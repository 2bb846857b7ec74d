using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;
using CitrixOps.Logs;

namespace CitrixOps.Indicators;

/// <summary>
/// The rules for one log type, compiled: a prefilter over bytes that passes nearly nothing, and the rules for what it passes. Not
/// safe for use from several threads at once; make one per thread.
/// </summary>
public sealed class LogMatcher
{
    private readonly LogRule[] _rules;
    private readonly LiteralFilter _filter;
    private readonly bool _always;
    private readonly bool _isRequestLog;
    private readonly RequestViews _views = new();
    private readonly CommandView? _commands;

    internal LogMatcher(string logType, IEnumerable<LogRule> rules)
    {
        _rules = rules.ToArray();
        _isRequestLog = logType == Logs.LogTypes.HttpAccess;
        _commands = ShellText.Applies(logType) ? new CommandView() : null;
        _always = _rules.Any(r => r.Condition.Witness is not { } witness || witness.Any(l => EncodedForms.MayBeOrdinary(l) || (logType == Logs.LogTypes.Cef && CefEscapes(l))));
        _filter = new LiteralFilter(_rules.SelectMany(r => r.Condition.Witness ?? Array.Empty<string>())
            .Concat(_isRequestLog ? EncodedForms.Literals : Array.Empty<string>()));
        Rules = _rules;
    }

    private LogMatcher(LogMatcher other)
    {
        (_rules, _filter, _always, _isRequestLog, Rules) = (other._rules, other._filter, other._always, other._isRequestLog, other._rules);
        EvaluateEverything = other.EvaluateEverything;
    }

    /// <summary>The rules.</summary>
    public IReadOnlyList<LogRule> Rules { get; }

    /// <summary>Passes every line to every rule. Slow; what the prefilter is compared with.</summary>
    public bool EvaluateEverything { get; set; }

    /// <summary>True when some rule has no literal to look for: every line is a candidate then.</summary>
    public bool LooksAtEveryLine => _always;

    // CEF values are unescaped: a literal with one of these may stand otherwise in the line
    private static bool CefEscapes(string literal) => literal.IndexOfAny(new[] { '=', '\\', '\n', '|' }) >= 0;

    /// <summary>Whether a line can match: no rule holds on a line for which this is false.</summary>
    /// <param name="line">The line.</param>
    public bool IsCandidate(ReadOnlySpan<byte> line) => _always || EvaluateEverything || (_rules.Length > 0
        && (_filter.Contains(line, _isRequestLog) || (_commands is not null && _commands.TryPlain(line, out var plain) && _filter.Contains(plain, request: false))));

    /// <summary>Looks for the next line of a block that can match.</summary>
    /// <param name="block">Whole lines, each but the last with its line end.</param>
    /// <param name="from">The start of a line in it.</param>
    /// <returns>The position of some byte of that line; -1 when no line from there on can match.</returns>
    public int NextCandidate(ReadOnlySpan<byte> block, int from)
    {
        while (from < block.Length)
        {
            var rest = block.Slice(from);
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest.Slice(0, end);
            if (IsCandidate(line))
            {
                return from;
            }

            from += line.Length + 1;
        }

        return -1;
    }

    /// <summary>A matcher for another thread: it shares what was compiled.</summary>
    public LogMatcher Fork() => new(this);

    /// <summary>Adds the rules that hold on a record.</summary>
    /// <param name="record">The record, parsed.</param>
    /// <param name="hits">Where they are added.</param>
    public void Match(LogRecord record, ICollection<LogRule> hits)
    {
        if (!_isRequestLog)
        {
            var raw = _views.Raw(record);
            var command = _commands?.Of(record);
            foreach (var rule in _rules)
            {
                if (rule.Condition.Holds(raw) || (command is not null && rule.Condition.Holds(command)))
                {
                    hits.Add(rule);
                }
            }

            return;
        }

        var views = _views.Of(record);
        foreach (var rule in _rules)
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
    }
}
