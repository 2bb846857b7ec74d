using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Correlating;

/// <summary>
/// Correlates hits after they were found, in time order, per group of equal field values. Windows slide; memory is bounded. A hit
/// without a time, or without a field of the group, takes no part.
/// </summary>
/// <typeparam name="T">What the caller wants back for a hit.</typeparam>
public sealed class Correlator<T>
{
    private const int HitsPerGroup = 10_000;
    private const int Groups = 50_000;
    private const int HitsInAll = 60_000;

    private static readonly IReadOnlyDictionary<string, string?> NothingKept = new Dictionary<string, string?>();

    private readonly List<Entry> _entries;
    private int _kept;
    private int _refused;
    private readonly Dictionary<(int Rule, string Key), Group> _groups = new();
    private readonly Dictionary<LogRule, int[]> _entriesOf = new();

    /// <summary>Creates a correlator.</summary>
    /// <param name="rules">The correlations. Those that correlate others come in any order.</param>
    public Correlator(IEnumerable<CorrelationRule> rules)
    {
        _entries = Sorted(rules.ToList()).ConvertAll(r => new Entry(r));
        for (var inner = 0; inner < _entries.Count; inner++)
        {
            _entries[inner].Outer = Enumerable.Range(0, _entries.Count).Where(o => _entries[inner].Rule.Names.Any(_entries[o].Refers.Contains)).ToArray();
        }

        // what a correlation over another asks for must be kept from the first hit on
        for (var outer = _entries.Count - 1; outer >= 0; outer--)
        {
            foreach (var inner in _entries.Where(e => Array.IndexOf(e.Outer, outer) >= 0))
            {
                inner.Kept.UnionWith(_entries[outer].Rule.GroupBy.Concat(_entries[outer].Rule.Fields).Concat(_entries[outer].Kept).Select(f => _entries[outer].Rule.NameIn(f, inner.Rule.Names)));
            }
        }
    }

    /// <summary>
    /// Hits that were left out because a group, the number of groups, or all of them together grew too large: first those that lie far
    /// from any window in which a count could be reached.
    /// </summary>
    public long Dropped { get; private set; }

    /// <summary>Adds a hit of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="field">Gives the value of a field of the record, or null.</param>
    /// <param name="time">The time, UTC, or null.</param>
    /// <param name="reference">What to hand back.</param>
    /// <param name="origin">The log it stands in. Where two hits have the same second, their order counts only within one log.</param>
    public void Add(LogRule rule, Func<string, string?> field, DateTimeOffset? time, T reference, string origin = "")
    {
        if (!_entriesOf.TryGetValue(rule, out var entries))
        {
            _entriesOf[rule] = entries = Enumerable.Range(0, _entries.Count).Where(i => rule.Names.Any(_entries[i].Refers.Contains)).ToArray();
        }

        for (var i = 0; i < entries.Length; i++)
        {
            if (time is { } at)
            {
                Add(entries[i], rule.Names, field, at, origin, new[] { reference });
            }
        }
    }

    /// <summary>The correlations that hold: one result per group, with the hits of the first window that fulfils it.</summary>
    public IEnumerable<(CorrelationRule Rule, IReadOnlyList<T> Hits)> Complete()
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            foreach (var group in _groups.Where(g => g.Key.Rule == i).OrderBy(g => g.Key.Key, StringComparer.Ordinal).Select(g => g.Value).ToList())
            {
                var first = true;
                foreach (var window in Windows.Of(entry.Rule, group.Hits.OrderBy(h => h.Time).ThenBy(h => h.Order).ToArray()))
                {
                    if (first && entry.Rule.Reports)
                    {
                        yield return (entry.Rule, window.SelectMany(h => h.References).ToArray());
                    }

                    if (entry.Outer.Length == 0)
                    {
                        break;
                    }

                    first = false;
                    foreach (var outer in entry.Outer)
                    {
                        Add(outer, entry.Rule.Names, name => Shared(entry, group, window, name), window.Max(h => h.Time), window[window.Count - 1].Origin, window.SelectMany(h => h.References).ToArray());
                    }
                }
            }
        }
    }

    // a correlation's own group has the value for all; any other field has one when all hits agree
    private static string? Shared(Entry entry, Group group, IReadOnlyList<CorrelationHit<T>> window, string name)
    {
        for (var i = 0; i < entry.Rule.GroupBy.Count; i++)
        {
            if (string.Equals(entry.Rule.GroupBy[i], name, StringComparison.Ordinal))
            {
                return group.Values[i];
            }
        }

        return window[0].Fields.TryGetValue(name, out var value) && window.All(h => h.Fields.TryGetValue(name, out var other) && string.Equals(other, value, StringComparison.OrdinalIgnoreCase)) ? value : null;
    }

    private void Add(int index, IReadOnlyList<string> names, Func<string, string?> field, DateTimeOffset time, string origin, IReadOnlyList<T> references)
    {
        var entry = _entries[index];
        var values = entry.Rule.GroupBy.Select(f => field(entry.Rule.NameIn(f, names))).ToArray();
        if (values.Contains(null))
        {
            return;
        }

        var key = (index, AsciiText.Lower(string.Join("\0", values)));
        if (_kept >= HitsInAll && !Thinned())
        {
            Dropped++;
            return;
        }

        if (!_groups.TryGetValue(key, out var group))
        {
            if (_groups.Count >= Groups && (!Thinned() || _groups.Count >= Groups))
            {
                Dropped++;
                return;
            }

            _groups[key] = group = new Group(values!);
        }

        if (group.Hits.Count >= HitsPerGroup)
        {
            Dropped++;
            return;
        }

        _kept++;
        var counted = entry.Rule.Fields.Select(f => field(entry.Rule.NameIn(f, names))).ToArray();
        var kept = entry.Kept.Count == 0 ? NothingKept : entry.Kept.ToDictionary(f => f, f => field(entry.Rule.NameIn(f, names)), StringComparer.Ordinal);
        group.Hits.Add(new CorrelationHit<T>(names, time, origin, group.Hits.Count, counted.Length == 0 || counted.Contains(null) ? null : AsciiText.Lower(string.Join("\0", counted)), kept, references));
    }

    // false when too many are left all the same; not tried for every hit then
    private bool Thinned()
    {
        if (_refused++ % HitsPerGroup != 0)
        {
            return false;
        }

        foreach (var group in _groups.Where(g => Thinning.Applies(_entries[g.Key.Rule].Rule)).ToList())
        {
            var taken = Thinning.Thin(_entries[group.Key.Rule].Rule, group.Value.Hits);
            Dropped += taken;
            _kept -= taken;
            if (group.Value.Hits.Count == 0)
            {
                _groups.Remove(group.Key);
            }
        }

        if (_kept < HitsInAll / 2)
        {
            _refused = 0;
        }

        return _kept < HitsInAll;
    }

    // inner ones first; the rule set has none that go in circles
    private static List<CorrelationRule> Sorted(List<CorrelationRule> rules)
    {
        var sorted = new List<CorrelationRule>();
        while (rules.Count > 0)
        {
            var ready = rules.Where(r => !rules.Exists(o => !ReferenceEquals(o, r) && o.Names.Any(r.Rules.Contains))).ToList();
            sorted.AddRange(ready.Count > 0 ? ready : rules);
            rules = ready.Count > 0 ? rules.Except(ready).ToList() : new List<CorrelationRule>();
        }

        return sorted;
    }

    private sealed class Entry
    {
        public Entry(CorrelationRule rule)
        {
            Rule = rule;
            Refers = new HashSet<string>(rule.Rules, StringComparer.Ordinal);
        }

        public CorrelationRule Rule { get; }

        public HashSet<string> Refers { get; }

        public HashSet<string> Kept { get; } = new(StringComparer.Ordinal);

        public int[] Outer { get; set; } = Array.Empty<int>();
    }

    private sealed class Group
    {
        public Group(string[] values) => Values = values;

        public string[] Values { get; }

        public List<CorrelationHit<T>> Hits { get; } = new();
    }
}
