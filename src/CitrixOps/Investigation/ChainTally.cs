using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>
/// Gathers findings into chains, in bounded memory: one for each source address, and one for what no address is logged for (shell
/// commands, jobs, files), which is joined to the attempt that went before it.
/// </summary>
internal sealed class ChainTally
{
    // a scan of the whole internet is not a chain: past this many addresses only those already seen are followed
    private const int AddressesFollowed = 10_000;
    private const int NodesNamed = 8;
    private const int ArtefactsNamed = 50;

    // the attempt that a trace without an address is joined to lies at most a day before it
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, Entry> _byAddress = new(StringComparer.Ordinal);
    private readonly Entry _gateway = new();

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        if (finding.Grade == Grade.Pivot)
        {
            return;
        }

        if (finding.SourceAddress is not { Length: > 0 } address)
        {
            _gateway.Add(finding);
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

        entry.Add(finding);
    }

    /// <summary>Whether an address has a finding.</summary>
    public bool Knows(string address) => _byAddress.ContainsKey(address);

    /// <summary>The chains: those that succeeded first, then by time; the gateway's own last.</summary>
    public IReadOnlyList<AttackChain> Build()
    {
        var chains = _byAddress.Select(pair => pair.Value.Build(pair.Key))
            .OrderByDescending(c => c.Succeeded).ThenBy(c => c.First ?? DateTimeOffset.MaxValue).ThenBy(c => c.SourceAddress, StringComparer.Ordinal).ToList();
        if (_gateway.Count > 0)
        {
            chains.Add(Join(_gateway.Build("")));
        }

        return chains;
    }

    // the last attempt before the first trace of execution or persistence, from an address whose attempt succeeded if there is one
    private AttackChain Join(AttackChain chain)
    {
        var trace = chain.Steps.FirstOrDefault(s => s.Time is not null && s.Phase is Phase.Execution or Phase.Persistence or Phase.PostExploitation);
        if (trace?.Time is not { } at)
        {
            return chain;
        }

        var before = _byAddress.Select(e => (Address: e.Key, Entry: e.Value, e.Value.Succeeded, Step: e.Value.LastBefore(at)))
            .Where(e => e.Step is { Time: { } time } && at - time <= Day)
            .OrderByDescending(e => e.Succeeded).ThenByDescending(e => e.Step!.Time).ThenBy(e => e.Address, StringComparer.Ordinal).FirstOrDefault();
        if (before.Step is null)
        {
            chain.Link = "no attempt within a day before it is in what was searched";
            return chain;
        }

        var earlier = before.Entry.StepsBefore(at);
        chain.Steps = earlier.Concat(chain.Steps).OrderBy(s => s.Time ?? DateTimeOffset.MaxValue).ToArray();
        chain.Phases = chain.Steps.Select(s => s.Phase).Distinct().OrderBy(p => p).ToArray();
        chain.First = chain.Steps[0].Time ?? chain.First;
        chain.Link = FormattableString.Invariant($"no address is logged for it; {before.Address} {(before.Succeeded ? "got in" : "tried")} {Coverage.Words.Of(at - before.Step.Time!.Value)} before");
        return chain;
    }

    private sealed class Entry
    {
        private readonly SortedSet<string> _nodes = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _artefacts = new(StringComparer.Ordinal);
        private readonly SortedDictionary<Phase, ChainStep> _steps = new();
        private ChainStep? _lastTry;
        private DateTimeOffset? _first;
        private DateTimeOffset? _last;

        public bool Succeeded { get; private set; }

        public long Count { get; private set; }

        public void Add(Finding finding)
        {
            Count++;
            Succeeded |= finding.Outcome == Outcome.Success;
            if (finding.Artefact is { } artefact && _artefacts.Count < ArtefactsNamed)
            {
                _artefacts.Add(artefact);
            }

            if (_nodes.Count < NodesNamed)
            {
                _nodes.Add(finding.Node);
            }

            // a time lent by a neighbouring line says in which order nothing happened
            var stated = finding.TimeTrust == Logs.TimeTrust.Neighbour ? null : finding.Time;
            var step = new ChainStep(finding.Phase, stated, finding.Title, finding.Id);
            if (!_steps.TryGetValue(finding.Phase, out var known) || (stated is { } earlier && (known.Time is not { } knownTime || earlier < knownTime)))
            {
                _steps[finding.Phase] = step;
            }

            if (stated is { } time)
            {
                _first = _first is { } first && first <= time ? first : time;
                _last = _last is { } last && last >= time ? last : time;
                if (finding.Phase is Phase.Attempt or Phase.Execution && (_lastTry?.Time is not { } tried || time > tried))
                {
                    _lastTry = step;
                }
            }
        }

        // the last one when it lies before, else the first
        public ChainStep? LastBefore(DateTimeOffset at) => _lastTry?.Time <= at ? _lastTry
            : _steps.Values.Where(s => s.Time <= at && s.Phase is Phase.Attempt or Phase.Execution).OrderByDescending(s => s.Time).FirstOrDefault();

        public IReadOnlyList<ChainStep> StepsBefore(DateTimeOffset at) => _steps.Values.Where(s => s.Time <= at).ToArray();

        public AttackChain Build(string address) => new()
        {
            SourceAddress = address,
            First = _first,
            Last = _last,
            Phases = _steps.Keys.ToArray(),
            Nodes = _nodes.ToArray(),
            Artefacts = _artefacts.ToArray(),
            Steps = _steps.Values.OrderBy(s => s.Time ?? DateTimeOffset.MaxValue).ToArray(),
            Succeeded = Succeeded,
            Count = Count,
        };
    }
}
