using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators;

/// <summary>
/// Correlates hits after they were found, in time order, per group of equal field values. Windows slide; memory is bounded. A hit
/// without a time takes no part.
/// </summary>
/// <typeparam name="T">What the caller wants back for a hit.</typeparam>
public sealed class Correlator<T>
{
    private const int HitsPerGroup = 10_000;
    private const int Groups = 50_000;

    private readonly List<(CorrelationRule Rule, HashSet<string> Names)> _rules;
    private readonly Dictionary<(int Rule, string Key), List<Hit>> _hits = new();

    /// <summary>Creates a correlator.</summary>
    /// <param name="rules">The correlations.</param>
    public Correlator(IEnumerable<CorrelationRule> rules) =>
        _rules = rules.Select(r => (r, new HashSet<string>(r.Rules, StringComparer.Ordinal))).ToList();

    /// <summary>Hits that were left out because a group or the number of groups grew too large.</summary>
    public long Dropped { get; private set; }

    /// <summary>Adds a hit of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="field">Gives the value of a field of the record, or null.</param>
    /// <param name="time">The time, UTC, or null.</param>
    /// <param name="reference">What to hand back.</param>
    public void Add(LogRule rule, Func<string, string?> field, DateTimeOffset? time, T reference)
    {
        for (var i = 0; i < _rules.Count; i++)
        {
            var (correlation, names) = _rules[i];
            if (time is not { } at || !(names.Contains(rule.Id) || names.Contains(rule.SigmaId)))
            {
                continue;
            }

            // a hit without a field of the group belongs to no group
            var values = correlation.GroupBy.Select(f => field(NameIn(correlation, f, rule))).ToArray();
            if (values.Contains(null))
            {
                continue;
            }

            var key = string.Join("\0", values);
            if (!_hits.TryGetValue((i, key), out var hits))
            {
                if (_hits.Count >= Groups)
                {
                    Dropped++;
                    continue;
                }

                _hits[(i, key)] = hits = new List<Hit>();
            }

            if (hits.Count >= HitsPerGroup)
            {
                Dropped++;
                continue;
            }

            hits.Add(new Hit(rule.Id, rule.SigmaId, at, correlation.Field is { } counted ? field(NameIn(correlation, counted, rule)) : null, reference));
        }
    }

    /// <summary>The correlations that hold: one result per group, with the hits of the first window that fulfils it.</summary>
    public IEnumerable<(CorrelationRule Rule, IReadOnlyList<T> Hits)> Complete()
    {
        foreach (var group in _hits.OrderBy(g => g.Key.Rule).ThenBy(g => g.Key.Key, StringComparer.Ordinal))
        {
            var rule = _rules[group.Key.Rule].Rule;
            var ordered = group.Value.OrderBy(h => h.Time).ToList();
            if (FirstWindow(rule, ordered) is { } window)
            {
                yield return (rule, window.Select(h => h.Reference).ToArray());
            }
        }
    }

    private static string NameIn(CorrelationRule correlation, string field, LogRule rule) =>
        correlation.Aliases.TryGetValue(field, out var names) && (names.TryGetValue(rule.Id, out var name) || names.TryGetValue(rule.SigmaId, out name)) ? name : field;

    private static List<Hit>? FirstWindow(CorrelationRule rule, List<Hit> hits)
    {
        for (var start = 0; start < hits.Count; start++)
        {
            var window = hits.Skip(start).TakeWhile(h => h.Time - hits[start].Time <= rule.Timespan).ToList();
            var fulfilled = rule.Type switch
            {
                CorrelationRule.Kind.EventCount => rule.IsFulfilledBy(window.Count),
                CorrelationRule.Kind.ValueCount => rule.IsFulfilledBy(window.Select(h => h.Value).Where(v => v is not null).Distinct(StringComparer.OrdinalIgnoreCase).Count()),
                CorrelationRule.Kind.Temporal => rule.Rules.All(name => window.Any(h => h.Is(name))),
                _ => Ordered(rule, window) is not null,
            };
            if (fulfilled)
            {
                return rule.Type == CorrelationRule.Kind.TemporalOrdered ? Ordered(rule, window) : window;
            }
        }

        return null;
    }

    private static List<Hit>? Ordered(CorrelationRule rule, List<Hit> window)
    {
        var chosen = new List<Hit>();
        var at = 0;
        foreach (var name in rule.Rules)
        {
            while (at < window.Count && !window[at].Is(name))
            {
                at++;
            }

            if (at == window.Count)
            {
                return null;
            }

            chosen.Add(window[at++]);
        }

        return chosen;
    }

    private sealed record Hit(string RuleId, string SigmaId, DateTimeOffset Time, string? Value, T Reference)
    {
        public bool Is(string name) => string.Equals(name, RuleId, StringComparison.Ordinal) || (SigmaId.Length > 0 && string.Equals(name, SigmaId, StringComparison.Ordinal));
    }
}
