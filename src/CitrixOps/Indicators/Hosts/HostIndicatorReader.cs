using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Files;
using CitrixOps.Indicators.Matching;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Indicators.Hosts;

/// <summary>
/// Reads indicators over addresses, names and ports (<c>schemas/host-indicators.schema.json</c>). Addresses and names become a rule over
/// every log; ports become an indicator over the listings of sockets that a support bundle may hold.
/// </summary>
internal static class HostIndicatorReader
{
    private static readonly string[] SocketListings = { "/shell/*netstat*", "/shell/*sockstat*", "/shell/*lsof*" };

    /// <summary>Reads the indicators of a document.</summary>
    public static IEnumerable<Indicator> Read(JObject root)
    {
        var campaigns = JsonValues.Texts(root["campaign"]);
        foreach (var o in root["hosts"]!.Cast<JObject>())
        {
            Indicator indicator = o["ports"] is JArray ports ? Sockets(ports) : Addresses(o);
            JsonValues.Describe(indicator, o, campaigns);
            yield return indicator;
        }
    }

    private static LogRule Addresses(JObject o)
    {
        var test = new AddressSetTest(
            JsonValues.Texts(o["addresses"]).Concat(o["domains"]?.Select(JsonValues.Joined) ?? Array.Empty<string>()),
            JsonValues.Texts(o["networks"]).Select(Prefix));
        return new LogRule { LogTypes = Logs.LogTypes.All, Condition = new LineCondition(test) };
    }

    private static FileIndicator Sockets(JArray ports) => new()
    {
        Paths = SocketListings.Select(p => new GlobPattern(p)).ToArray(),
        Lines = new LineCriterion(ports.SelectMany(p => Patterns((JObject)p)), Array.Empty<string>(), commented: false, Array.Empty<string>(), superusers: null),
    };

    // netstat: tcp4 0 0 *.37512 *.* LISTEN; sockstat: root perl 81 3 tcp4 *:41001 *:*
    private static IEnumerable<string> Patterns(JObject o)
    {
        var protocol = (string)o["protocol"]!;
        var port = (string)o["port"]!;
        var process = (string?)o["process"];
        var address = (string?)o["address"] ?? "?";
        if (process is null)
        {
            yield return protocol == "tcp" ? $"tcp* {address}.{port} * LISTEN" : $"{protocol}* {address}.{port} *";
        }

        yield return $"*{process} * {protocol}* {address}:{port} ?:?";
    }

    private static string Prefix(string network)
    {
        var slash = network.IndexOf('/');
        var parts = network.Substring(0, slash).Split('.');
        return network.Substring(slash) switch
        {
            "/8" => parts[0] + ".",
            "/16" => parts[0] + "." + parts[1] + ".",
            "/24" => parts[0] + "." + parts[1] + "." + parts[2] + ".",
            "/32" => string.Join(".", parts),
            _ => throw new FormatException($"'{network}' is no network that ends at a whole byte"),
        };
    }
}
