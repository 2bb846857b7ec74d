using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>Gathers findings by source address into chains, in bounded memory.</summary>
internal sealed class ChainTally
{
    // a scan of the whole internet is not a chain: past this many addresses only those already seen are followed
    private const int AddressesFollowed = 10_000;

    private readonly Dictionary<string, Entry> _byAddress = new(StringComparer.Ordinal);

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        if (finding.SourceAddress is not { Length: > 0 } address || finding.Grade == Grade.Pivot)
        {
            return;
        }

        if (!_byAddress.TryGetValue(address, out var entry))
        {
            if (_byAddress.Count >= AddressesFollowed)
            {
                return;
            }

            _byAddress[address] = entry = new Entry();
        }

        entry.Count++;
        entry.Succeeded |= finding.Outcome == Outcome.Success;
        entry.Phases.Add(finding.Phase);
        if (finding.Time is { } time)
        {
            entry.First = entry.First is { } first && first <= time ? first : time;
            entry.Last = entry.Last is { } last && last >= time ? last : time;
        }
    }

    /// <summary>Whether an address has a finding.</summary>
    public bool Knows(string address) => _byAddress.ContainsKey(address);

    /// <summary>The chains: those that succeeded first, then by time.</summary>
    public IReadOnlyList<AttackChain> Build() => _byAddress
        .Select(pair => new AttackChain
        {
            SourceAddress = pair.Key,
            First = pair.Value.First,
            Last = pair.Value.Last,
            Phases = pair.Value.Phases.ToArray(),
            Succeeded = pair.Value.Succeeded,
            Count = pair.Value.Count,
        })
        .OrderByDescending(c => c.Succeeded).ThenBy(c => c.First ?? DateTimeOffset.MaxValue).ThenBy(c => c.SourceAddress, StringComparer.Ordinal)
        .ToArray();

    private sealed class Entry
    {
        public SortedSet<Phase> Phases { get; } = new();

        public DateTimeOffset? First { get; set; }

        public DateTimeOffset? Last { get; set; }

        public bool Succeeded { get; set; }

        public long Count { get; set; }
    }
}
