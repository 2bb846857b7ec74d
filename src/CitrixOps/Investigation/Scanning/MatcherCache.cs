using System;
using System.Collections.Generic;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Files;

namespace CitrixOps.Investigation.Scanning;

/// <summary>The rules of a search, compiled once for all its gateways. Safe for use from several threads.</summary>
internal sealed class MatcherCache
{
    private readonly Dictionary<string, LogMatcher> _matchers = new(StringComparer.Ordinal);
    private readonly bool _everything;

    public MatcherCache(RuleSet rules, bool everything)
    {
        Rules = rules;
        Files = rules.FileMatcher();
        _everything = everything;
    }

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; }

    /// <summary>The file indicators.</summary>
    public FileMatcher Files { get; }

    /// <summary>The rules for a log type; to be forked for use.</summary>
    public LogMatcher For(string logType)
    {
        lock (_matchers)
        {
            if (!_matchers.TryGetValue(logType, out var matcher))
            {
                _matchers[logType] = matcher = Rules.SearchedFor(logType);
                matcher.EvaluateEverything = _everything;
            }

            return matcher;
        }
    }
}
