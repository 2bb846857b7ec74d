using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Appliances;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Indicators.Matching;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Investigation.Sessions;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>
/// Who administers the gateway, by the addresses that commands came from. Where the caller names the networks of the administrators,
/// commands from anywhere else are a lead.
/// </summary>
internal sealed class Administrators : LogObserver
{
    private const int MostAddresses = 10_000;
    private const int MostLeads = 50;
    private static readonly byte[] Executed = Encoding.ASCII.GetBytes(" CMD_EXECUTED ");
    private static readonly byte[] Remote = Encoding.ASCII.GetBytes("Remote_ip ");

    private readonly SearchWindow _window;
    private readonly List<CidrTest> _given;
    private readonly Dictionary<string, (long Count, Evidence First)> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gateway = new(StringComparer.Ordinal);

    public Administrators(SearchWindow window, IEnumerable<string> given)
    {
        _window = window;
        _given = given.Select(OwnTraces.Network).OfType<CidrTest>().ToList();
    }

    /// <summary>Whether an address administers the gateway: it gave commands, or the caller says so, or it is the gateway itself.</summary>
    public bool Include(string address) => Given(address) || (_given.Count == 0 && _seen.ContainsKey(address)) || IsGateway(address);

    /// <summary>Whether the caller names the address.</summary>
    public bool Given(string address) => _given.Exists(n => n.Passes(address, null!));

    public override void StartSource(ApplianceSource source, ApplianceFacts facts)
    {
        foreach (var address in new[] { facts.Nsip, facts.PeerAddress })
        {
            if (address is not null)
            {
                _gateway.Add(address);
            }
        }
    }

    public override bool Reads(string logType) => logType == LogTypes.NsLog;

    public override bool Wants(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf(Executed) < 0)
        {
            return false;
        }

        var at = line.IndexOf(Remote);
        return at >= 0 && line.Slice(at + Remote.Length).IndexOf((byte)' ') is > 0 and < 64;
    }

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (record["event"] != "CMD_EXECUTED" || record["Remote_ip"] is not { } text || !ClientAddress.TryParse(text, out var client))
        {
            return;
        }

        var address = client.ToString();
        if (_seen.TryGetValue(address, out var seen))
        {
            _seen[address] = (seen.Count + (_window.Contains(context.Time) ? 1 : 0), seen.First);
        }
        else if (_seen.Count < MostAddresses && (_given.Count == 0 || _window.Contains(context.Time)))
        {
            _seen[address] = (1, new Evidence(record, context));
        }
    }

    public override void Complete(HuntContext hunt)
    {
        if (_given.Count == 0)
        {
            return;
        }

        var elsewhere = _seen.Where(s => !Given(s.Key) && !IsGateway(s.Key)).OrderBy(s => s.Key, StringComparer.Ordinal).ToList();
        foreach (var (address, (count, first)) in elsewhere.Take(MostLeads).Select(s => (s.Key, s.Value)))
        {
            hunt.Collector.Conclude(TraceHeuristics.CommandsFromElsewhere, first, address, FormattableString.Invariant($"{count} commands came from {address}, which is in none of the networks that administer the gateway."), address);
        }

        hunt.Collector.Exclude("further addresses that gave commands from elsewhere, not listed", Math.Max(0, elsewhere.Count - MostLeads));
    }

    private bool IsGateway(string address) => _gateway.Contains(address) || address is "127.0.0.1" or "127.0.0.2" or "::1";
}
