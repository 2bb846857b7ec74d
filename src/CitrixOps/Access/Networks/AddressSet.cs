using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace CitrixOps.Access.Networks;

/// <summary>A set of addresses of both families: sorted ranges that neither overlap nor touch.</summary>
public sealed class AddressSet
{
    private readonly AddressRange[] _ranges;

    /// <summary>Makes the union of ranges.</summary>
    /// <param name="ranges">The ranges, in any order.</param>
    public AddressSet(IEnumerable<AddressRange> ranges)
    {
        var merged = new List<AddressRange>();
        foreach (var range in ranges.OrderBy(r => r.IsIPv6).ThenBy(r => r.First))
        {
            if (merged.Count > 0 && merged[merged.Count - 1] is var last && last.IsIPv6 == range.IsIPv6 && range.First <= last.Last + 1)
            {
                merged[merged.Count - 1] = last with { Last = range.Last > last.Last ? range.Last : last.Last };
            }
            else
            {
                merged.Add(range);
            }
        }

        _ranges = merged.ToArray();
    }

    /// <summary>No address.</summary>
    public static AddressSet Empty { get; } = new(Array.Empty<AddressRange>());

    /// <summary>Every address.</summary>
    public static AddressSet Everything { get; } = new(new[] { AddressRange.All(false), AddressRange.All(true) });

    /// <summary>The ranges, IPv4 first.</summary>
    public IReadOnlyList<AddressRange> Ranges => _ranges;

    /// <summary>True where it holds no address.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>Reads networks.</summary>
    /// <param name="texts">Subnets, ranges, addresses.</param>
    /// <exception cref="Errors.CitrixOpsException"><c>NetworkNotRecognised</c>.</exception>
    public static AddressSet Parse(IEnumerable<string> texts) => new(texts.Select(AddressRange.Parse));

    /// <summary>The addresses in this or the other set.</summary>
    /// <param name="other">The other.</param>
    public AddressSet Union(AddressSet other) => new(_ranges.Concat((other ?? throw new ArgumentNullException(nameof(other)))._ranges));

    /// <summary>The addresses in this and not in the other set.</summary>
    /// <param name="other">The other.</param>
    public AddressSet Except(AddressSet other)
    {
        _ = other ?? throw new ArgumentNullException(nameof(other));
        var left = new List<AddressRange>();
        foreach (var range in _ranges)
        {
            var first = range.First;
            foreach (var hole in other._ranges.Where(r => r.Overlaps(range)))
            {
                if (hole.First > first)
                {
                    left.Add(range with { First = first, Last = hole.First - 1 });
                }

                first = hole.Last + 1 > first ? hole.Last + 1 : first;
            }

            if (first <= range.Last)
            {
                left.Add(range with { First = first });
            }
        }

        return new AddressSet(left);
    }

    /// <summary>The addresses in both.</summary>
    /// <param name="other">The other.</param>
    public AddressSet Intersect(AddressSet other) => Except(Everything.Except(other));

    /// <summary>The addresses of one family.</summary>
    /// <param name="six">True for IPv6.</param>
    public AddressSet OfFamily(bool six) => new(_ranges.Where(r => r.IsIPv6 == six));

    /// <summary>True where it holds the address.</summary>
    /// <param name="address">The address.</param>
    public bool Contains(IPAddress address) => Overlaps(AddressRange.Of(address));

    /// <summary>True where it holds an address of the range.</summary>
    /// <param name="range">The range.</param>
    public bool Overlaps(AddressRange range) => _ranges.Any(r => r.Overlaps(range));

    /// <inheritdoc/>
    public override string ToString() => IsEmpty ? "nobody" : string.Join(", ", _ranges.Select(r => r == AddressRange.All(r.IsIPv6) ? r.IsIPv6 ? "everybody (IPv6)" : "everybody (IPv4)" : string.Join(", ", r.Subnets())));
}
