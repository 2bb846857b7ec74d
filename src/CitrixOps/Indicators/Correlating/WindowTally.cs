using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Correlating;

/// <summary>What a correlation counts in a window that slides: each step costs no more than the hits that enter or leave.</summary>
internal sealed class WindowTally<T> : IFieldSource
{
    private readonly CorrelationRule _rule;
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private readonly int[] _hits;
    private readonly List<decimal> _numbers = new();
    private decimal _sum;
    private int _count;

    public WindowTally(CorrelationRule rule)
    {
        _rule = rule;
        _hits = new int[rule.Rules.Count];
    }

    string IFieldSource.Raw => "";

    public void Add(CorrelationHit<T> hit) => Change(hit, 1);

    public void Remove(CorrelationHit<T> hit) => Change(hit, -1);

    public bool IsFulfilled() => _rule.Type switch
    {
        CorrelationRule.Kind.EventCount => _rule.IsFulfilledBy(_count),
        CorrelationRule.Kind.ValueCount => _rule.IsFulfilledBy(_values.Count),
        CorrelationRule.Kind.ValueSum => _numbers.Count > 0 && _rule.IsFulfilledBy(_sum),
        CorrelationRule.Kind.ValueAverage => _numbers.Count > 0 && _rule.IsFulfilledBy(_sum / _numbers.Count),
        CorrelationRule.Kind.ValuePercentile => _numbers.Count > 0 && _rule.IsFulfilledBy(_numbers[(((_rule.Percentile * _numbers.Count) + 99) / 100) - 1]),
        _ => _rule.Combination is { } combination ? combination.Holds(this) : _rule.Limits.Count > 0 ? _rule.IsFulfilledBy(_hits.Count(h => h > 0)) : Array.TrueForAll(_hits, h => h > 0),
    };

    // a rule of the correlation as a field that is there when it hit
    string? IFieldSource.Field(string name)
    {
        for (var i = 0; i < _hits.Length; i++)
        {
            if (string.Equals(_rule.Rules[i], name, StringComparison.Ordinal))
            {
                return _hits[i] > 0 ? name : null;
            }
        }

        return null;
    }

    private void Change(CorrelationHit<T> hit, int by)
    {
        _count += by;
        for (var i = 0; i < _hits.Length; i++)
        {
            _hits[i] += hit.Is(_rule.Rules[i]) ? by : 0;
        }

        if (hit.Values is not { } value)
        {
            return;
        }

        if (_rule.Type == CorrelationRule.Kind.ValueCount)
        {
            _values.TryGetValue(value, out var before);
            if (before + by == 0)
            {
                _values.Remove(value);
            }
            else
            {
                _values[value] = before + by;
            }
        }
        else if (CompareTest.TryNumber(value, out var number))
        {
            // kept in order, for percentiles
            _sum += by * number;
            var at = _numbers.BinarySearch(number);
            if (by > 0)
            {
                _numbers.Insert(at < 0 ? ~at : at, number);
            }
            else
            {
                _numbers.RemoveAt(at);
            }
        }
    }
}
