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
    private readonly Dictionary<LogRule, int[]> _entriesOf = new();
    private int _kept;
    private int _groups;
    private int _refused;

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

    /// <summary>How often hits were left out to make room.</summary>
    internal int Thinnings { get; private set; }

    /// <summary>What would be handed back for the hits that are kept.</summary>
    internal IEnumerable<T> References => _entries.SelectMany(e => e.Hits).SelectMany(h => h.Several ?? new[] { h.Reference! });

    /// <summary>Whether any correlation looks at the hits of a rule.</summary>
    internal bool Asks(LogRule rule) => EntriesOf(rule).Length > 0;

    /// <summary>Adds a hit of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="field">Gives the value of a field of the record, or null.</param>
    /// <param name="time">The time, UTC, or null.</param>
    /// <param name="reference">What to hand back.</param>
    /// <param name="origin">The log it stands in. Where two hits have the same second, their order counts only within one log.</param>
    /// <returns>True when a correlation keeps it.</returns>
    public bool Add(LogRule rule, Func<string, string?> field, DateTimeOffset? time, T reference, string origin = "")
    {
        var added = false;
        foreach (var entry in EntriesOf(rule))
        {
            if (time is { } at)
            {
                added |= Add(_entries[entry], rule.Names, field, at, origin, reference, null);
            }
        }

        return added;
    }

    /// <summary>The correlations that hold: one result per group, with the hits of the first window that fulfils it.</summary>
    public IEnumerable<(CorrelationRule Rule, IReadOnlyList<T> Hits)> Complete()
    {
        foreach (var entry in _entries)
        {
            foreach (var (_, values, hits) in entry.ByGroup(Thinning.Fewest(entry.Rule)).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var first = true;
                foreach (var window in Windows.Of(entry.Rule, hits.OrderBy(h => h.Time).ThenBy(h => h.Order).ToArray()))
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
                        Add(_entries[outer], entry.Rule.Names, name => Shared(entry, values!, window, name), window.Max(h => h.Time), window[window.Count - 1].Origin, default, window.SelectMany(h => h.References).ToArray());
                    }
                }
            }
        }
    }

    private int[] EntriesOf(LogRule rule)
    {
        if (!_entriesOf.TryGetValue(rule, out var entries))
        {
            _entriesOf[rule] = entries = Enumerable.Range(0, _entries.Count).Where(i => rule.Names.Any(_entries[i].Refers.Contains)).ToArray();
        }

        return entries;
    }

    // a correlation's own group has the value for all; any other field has one when all hits agree
    private static string? Shared(Entry entry, string[] values, IReadOnlyList<CorrelationHit<T>> window, string name)
    {
        for (var i = 0; i < entry.Rule.GroupBy.Count; i++)
        {
            if (string.Equals(entry.Rule.GroupBy[i], name, StringComparison.Ordinal))
            {
                return values[i];
            }
        }

        return window[0].Fields.TryGetValue(name, out var value) && window.All(h => h.Fields.TryGetValue(name, out var other) && string.Equals(other, value, StringComparison.OrdinalIgnoreCase)) ? value : null;
    }

    private bool Add(Entry entry, IReadOnlyList<string> names, Func<string, string?> field, DateTimeOffset time, string origin, T? reference, IReadOnlyList<T>? several)
    {
        if (Values(entry.Rule, entry.Rule.GroupBy, names, field) is not { } value)
        {
            return false;
        }

        var key = AsciiText.Lower(value);
        if (_kept >= HitsInAll && !Thinned())
        {
            Dropped++;
            return false;
        }

        if (!entry.Groups.TryGetValue(key, out var group))
        {
            if (_groups >= Groups && (!Thinned() || _groups >= Groups))
            {
                Dropped++;
                return false;
            }

            group = entry.NewGroup(key);
            _groups++;
            if (entry.Outer.Length > 0)
            {
                entry.Values[key] = entry.Rule.GroupBy.Select(f => field(entry.Rule.NameIn(f, names))!).ToArray();
            }
        }

        if (entry.Counts[group] >= HitsPerGroup)
        {
            Dropped++;
            return false;
        }

        _kept++;
        entry.Counts[group]++;
        var counted = entry.Rule.Fields.Count == 0 ? null : Values(entry.Rule, entry.Rule.Fields, names, field);
        var kept = entry.Kept.Count == 0 ? null : entry.Kept.ToDictionary(f => f, f => field(entry.Rule.NameIn(f, names)), StringComparer.Ordinal);
        entry.Hits.Add(new Hit { Group = group, Names = names, Time = time, Origin = origin, Values = counted is null ? null : AsciiText.Lower(counted), Fields = kept, Reference = reference, Several = several });
        return true;
    }

    // the values of some fields as one text; null where one is absent
    private static string? Values(CorrelationRule rule, IReadOnlyList<string> fields, IReadOnlyList<string> names, Func<string, string?> field)
    {
        if (fields.Count == 1)
        {
            return field(rule.NameIn(fields[0], names));
        }

        var values = fields.Select(f => field(rule.NameIn(f, names))).ToArray();
        return values.Contains(null) ? null : string.Join("\0", values);
    }

    // false when too many are left all the same; not tried for every hit then
    private bool Thinned()
    {
        if (_refused++ % HitsPerGroup != 0)
        {
            return false;
        }

        foreach (var entry in _entries.Where(e => Thinning.Applies(e.Rule)))
        {
            var (hits, groups) = (entry.Hits.Count, entry.Groups.Count);
            entry.Thin();
            Dropped += hits - entry.Hits.Count;
            _kept -= hits - entry.Hits.Count;
            _groups -= groups - entry.Groups.Count;
        }

        Thinnings++;
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

    // a hit as it waits: many do, and hardly any is looked at again
    private struct Hit
    {
        public int Group;
        public IReadOnlyList<string> Names;
        public DateTimeOffset Time;
        public string Origin;
        public string? Values;
        public IReadOnlyDictionary<string, string?>? Fields;
        public T? Reference;
        public IReadOnlyList<T>? Several;
    }

    // a correlation with its hits, as they came
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

        public List<Hit> Hits { get; private set; } = new();

        public Dictionary<string, int> Groups { get; private set; } = new(StringComparer.Ordinal);

        public List<int> Counts { get; private set; } = new();

        // of each group, where another correlation asks
        public Dictionary<string, string[]> Values { get; } = new(StringComparer.Ordinal);

        public int NewGroup(string key)
        {
            Groups[key] = Counts.Count;
            Counts.Add(0);
            return Counts.Count - 1;
        }

        public IEnumerable<(string Key, string[]? Values, List<CorrelationHit<T>> Hits)> ByGroup(int fewest)
        {
            var groups = Counts.Select(c => c >= fewest ? new List<CorrelationHit<T>>(c) : null).ToArray();
            for (var i = 0; i < Hits.Count; i++)
            {
                var hit = Hits[i];
                groups[hit.Group]?.Add(new CorrelationHit<T>(hit.Names, hit.Time, hit.Origin, i, hit.Values, hit.Fields ?? NothingKept, hit.Reference, hit.Several));
            }

            return Groups.Where(g => groups[g.Value] is not null).Select(g => (g.Key, Values.TryGetValue(g.Key, out var values) ? values : null, groups[g.Value]!)).ToList();
        }

        public void Thin()
        {
            var times = Counts.Select(c => new List<DateTimeOffset>(c)).ToArray();
            Hits.ForEach(h => times[h.Group].Add(h.Time));
            var crowded = times.Select(t => Thinning.Crowded(Rule, t)).ToArray();
            var (groups, hits) = (Groups, Hits);
            (Groups, Hits, Counts) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<Hit>(), new List<int>());
            var renumbered = new int[crowded.Length];
            foreach (var group in groups)
            {
                if (crowded[group.Value].Count > 0)
                {
                    renumbered[group.Value] = NewGroup(group.Key);
                }
                else
                {
                    Values.Remove(group.Key);
                }
            }

            for (var i = 0; i < hits.Count; i++)
            {
                var hit = hits[i];
                if (crowded[hit.Group].Contains(hit.Time))
                {
                    hit.Group = renumbered[hit.Group];
                    Counts[hit.Group]++;
                    Hits.Add(hit);
                }
            }
        }
    }
}
