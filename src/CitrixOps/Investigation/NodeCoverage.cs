using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>The logs of one node.</summary>
internal sealed class NodeCoverage
{
    private readonly SortedDictionary<string, LogTally> _logs = new(StringComparer.Ordinal);
    private readonly DateTimeOffset? _collectedAt;

    public NodeCoverage(string node, DateTimeOffset? collectedAt)
    {
        Node = node;
        _collectedAt = collectedAt;
    }

    public string Node { get; }

    /// <summary>True when a source of the node could not be read whole: what is absent says nothing then.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>True when its logs lay where an appliance keeps them; false for files given one by one.</summary>
    public bool IsAppliance { get; set; }

    /// <summary>True when a copy of ns.log from elsewhere, or the log of a firewall, is all there is: other logs are not to be expected.</summary>
    public bool IsBeside => !IsAppliance && _logs.Count > 0 && LogTypes.All(t => t == CitrixOps.Logs.LogTypes.NsLog || CitrixOps.Logs.LogTypes.IsFirewall(t));

    public IEnumerable<LogTally> Logs => _logs.Values;

    public IEnumerable<string> LogTypes => _logs.Values.Select(l => l.LogType);

    public LogTally Log(ILogFormat format, string kind)
    {
        if (!_logs.TryGetValue(kind, out var tally))
        {
            _logs[kind] = tally = new LogTally(kind, format.LogType, format.OrdinarySilence);
        }

        return tally;
    }

    public IEnumerable<LogCoverage> Build(string gateway, SearchWindow window) =>
        _logs.Values.Select(l => l.Build(gateway, Node, window.Since, window.Since is null ? null : window.Until, _collectedAt));
}
