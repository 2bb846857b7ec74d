using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Appliances;
using CitrixOps.Errors;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Investigation.Sessions;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Firewalls;

/// <summary>
/// Looks in logs of firewalls for connections from the gateway's own addresses inward to ports of administration that its configuration
/// does not name.
/// </summary>
internal sealed class InwardTraffic : LogObserver
{
    private const int ManyHosts = 10;
    private const int MostHosts = 10_000;
    private static readonly HashSet<int> Ports = new() { 22, 23, 135, 139, 445, 1433, 3306, 3389, 5432, 5900, 5985, 5986 };

    private readonly SearchWindow _window;
    private readonly HashSet<ClientAddress> _own = new();
    private readonly List<byte[]> _texts = new();
    private readonly HashSet<(ClientAddress Host, int Port)> _configured = new();
    private readonly UserTraffic _users = new();
    private readonly SortedDictionary<(int Port, bool Users), (Dictionary<ClientAddress, Evidence> Hosts, string Source)> _seen = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly bool _given;
    private long _legitimate;
    private string? _log;

    public InwardTraffic(SearchWindow window, InvestigationOptions options)
    {
        _window = window;
        _given = options.GatewayAddresses.Count > 0;
        foreach (var address in options.GatewayAddresses)
        {
            Own(address);
        }

        // a gateway that is called by its address has one
        Own(options.GatewayName);
    }

    /// <summary>Takes in what a node's configuration says: its addresses, and whom it serves.</summary>
    public override void StartSource(ApplianceSource source, ApplianceFacts facts)
    {
        if (!_known.Add(facts.Node))
        {
            return;
        }

        Own(facts.Nsip);
        Own(facts.PeerAddress);
        var servers = new Dictionary<string, ClientAddress>(StringComparer.OrdinalIgnoreCase);
        foreach (var statement in facts.Configuration?.Statements ?? Array.Empty<Appliances.Configuration.NsStatement>())
        {
            var words = new[] { statement.Name }.Concat(statement.Arguments).Concat(statement.Options.Values).ToList();
            _users.Take(statement);
            if (statement.Type == "ns ip" && statement.Verb == "add" && (!statement.Options.TryGetValue("-type", out var type) || type is "SNIP" or "MIP"))
            {
                Own(statement.Name);
            }

            if (statement.Type == "server" && statement.Arguments.Count > 0 && ClientAddress.TryParse(statement.Arguments[0], out var server))
            {
                servers[statement.Name] = server;
            }

            var hosts = words.Select(w => ClientAddress.TryParse(w, out var a) ? a : servers.TryGetValue(w, out var s) ? s : (ClientAddress?)null).OfType<ClientAddress>().ToList();
            foreach (var port in words.Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p : 0).Where(Ports.Contains))
            {
                hosts.ForEach(h => _configured.Add((h, port)));
            }
        }
    }

    public override bool Reads(string logType) => LogTypes.IsFirewall(logType);

    public override void StartFile(LogFile log, string node) => _log ??= log.Kind;

    public override bool Wants(ReadOnlySpan<byte> line)
    {
        foreach (var text in _texts)
        {
            if (line.IndexOf(text) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public override void Observe(LogRecord record, in LineContext context)
    {
        if (!_window.Contains(context.Time) || !ClientAddress.TryParse(record["src_ip"], out var source) || !_own.Contains(source)
            || !ClientAddress.TryParse(record["dst_ip"], out var host) || !host.IsPrivate || _own.Contains(host)
            || !int.TryParse(record["dst_port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || !Ports.Contains(port))
        {
            return;
        }

        if (_configured.Contains((host, port)))
        {
            _legitimate++;
            return;
        }

        var kind = (port, _users.MayBe(source, port));
        if (!_seen.TryGetValue(kind, out var seen))
        {
            _seen[kind] = seen = (new Dictionary<ClientAddress, Evidence>(), source.ToString());
        }

        if (seen.Hosts.Count < MostHosts && !seen.Hosts.ContainsKey(host))
        {
            seen.Hosts[host] = new Evidence(record, context);
        }
    }

    public override void Complete(HuntContext hunt)
    {
        Say(hunt);
        foreach (var (port, users, hosts, source) in _seen.Select(s => (s.Key.Port, s.Key.Users, s.Value.Hosts, s.Value.Source)))
        {
            var first = hosts.OrderBy(h => h.Value.Context.Time).ThenBy(h => h.Key.ToString(), StringComparer.Ordinal).First();
            var reason = FormattableString.Invariant($"{source}, an address of the gateway, connected to {hosts.Count} internal {(hosts.Count == 1 ? "host" : "hosts")} on port {port}; the first was {first.Key}.{(users ? " Users of its VPN leave from there too." : "")}");
            hunt.Collector.Conclude(users ? TraceHeuristics.UsersInward : hosts.Count >= ManyHosts ? TraceHeuristics.Sweep : TraceHeuristics.Inward, first.Value, null, reason, source + "\0" + port);
        }

        hunt.Collector.Exclude("connections of the gateway to services that its configuration names", _legitimate);
    }

    private void Say(HuntContext hunt)
    {
        if (_log is null)
        {
            return;
        }

        if (_own.Count == 0)
        {
            hunt.Problems.Report(new Problem("GatewayAddressNeeded", ErrorKind.InvalidArgument, $"'{SafeText.FromText(_log, 80)}' is the log of a firewall, and no address of the gateway is known: traffic from the gateway inward was not searched.", _log, "Name the gateway's own addresses (NSIP, SNIP) with -GatewayAddress, or search the log together with the gateway's ns.conf, support bundle or session."));
            hunt.Notes.Add("The log of a firewall was not searched for traffic of the gateway: no address of the gateway is known. Give -GatewayAddress.");
            return;
        }

        var addresses = _own.Select(a => a.ToString()).OrderBy(a => a, StringComparer.Ordinal).ToList();
        hunt.Notes.Add("The log of a firewall was searched for connections from " + string.Join(", ", addresses.Take(8)) + (addresses.Count > 8 ? ", ..." : "") + (_given ? "." : ", which the gateway's configuration or name says are its own."));
    }

    private void Own(string? text)
    {
        if (ClientAddress.TryParse(text, out var address) && _own.Add(address))
        {
            _texts.Add(Encoding.ASCII.GetBytes(address.ToString()));
        }
    }
}
