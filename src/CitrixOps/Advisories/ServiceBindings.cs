using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>What virtual servers are bound to: services, and members of service groups, down to the address of the server.</summary>
internal sealed class ServiceBindings
{
    private readonly ILookup<(string Partition, string Name), NsStatement> _ofVserver;
    private readonly ILookup<(string Partition, string Name), NsStatement> _ofGroup;
    private readonly Dictionary<(string Partition, string Name), NsObject> _services;
    private readonly Dictionary<(string Partition, string Name), NsObject> _servers;

    public ServiceBindings(NsConfiguration configuration)
    {
        _ofVserver = Bound(configuration, "lb vserver");
        _ofGroup = Bound(configuration, "serviceGroup");
        _services = Named(configuration, "service");
        _servers = Named(configuration, "server");
    }

    /// <summary>The statements that lead from a virtual server to an IPv6 server, or to one whose name is resolved to IPv6; none where there is none.</summary>
    public IReadOnlyList<NsStatement> ToIpv6(NsObject vserver)
    {
        foreach (var binding in _ofVserver[(vserver.Partition, vserver.Name)])
        {
            var name = (vserver.Partition, binding.Arguments[0]);
            if (_services.TryGetValue(name, out var service) && service.Arguments.Count > 0 && Ipv6(vserver.Partition, service.Arguments[0], service.Statements[0]) is { } server)
            {
                return new[] { binding, server };
            }

            if (_ofGroup[name].Select(m => Ipv6(vserver.Partition, m.Arguments[0], m)).FirstOrDefault(m => m is not null) is { } member)
            {
                return new[] { binding, member };
            }
        }

        return Array.Empty<NsStatement>();
    }

    // an address, or the name of a server
    private NsStatement? Ipv6(string partition, string server, NsStatement by)
    {
        if (IsIpv6(server))
        {
            return by;
        }

        return _servers.TryGetValue((partition, server), out var one)
            && ((one.Arguments.Count > 0 && IsIpv6(one.Arguments[0])) || (one.Options.TryGetValue("-queryType", out var query) && NsConfiguration.Is(query, "AAAA"))) ? one.Statements[0] : null;
    }

    // the appliance shows a binding once per line; one that was taken back is gone
    private static ILookup<(string Partition, string Name), NsStatement> Bound(NsConfiguration configuration, string type)
    {
        var bound = new List<NsStatement>();
        foreach (var statement in configuration.Statements.Where(s => s.Verb is "bind" or "unbind" && NsConfiguration.Is(s.Type, type) && s.Arguments.Count > 0))
        {
            bound.RemoveAll(b => b.Partition == statement.Partition && b.Name == statement.Name && b.Arguments[0] == statement.Arguments[0] && statement.Verb == "unbind");
            if (statement.Verb == "bind")
            {
                bound.Add(statement);
            }
        }

        return bound.ToLookup(b => (b.Partition, b.Name));
    }

    private static Dictionary<(string Partition, string Name), NsObject> Named(NsConfiguration configuration, string type) =>
        configuration.Objects.Where(o => NsConfiguration.Is(o.Type, type)).GroupBy(o => (o.Partition, o.Name)).ToDictionary(g => g.Key, g => g.Last());

    private static bool IsIpv6(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
}
