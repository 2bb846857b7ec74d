using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Each address, network, name and port that is known: found in every log as a whole, in its time, and its neighbours are not.</summary>
public sealed class HostIndicatorsTests
{
    private static readonly JObject[] Entries = Directory.EnumerateFiles(Path.Combine(Repository.ModuleData, "indicators"), "hosts-*.json").SelectMany(f => JObject.Parse(File.ReadAllText(f))["hosts"]!.Cast<JObject>()).ToArray();
    private static readonly HashSet<string> Known = Entries.SelectMany(e => Texts(e["addresses"])).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<object[]> Ids() => Entries.Where(e => e["ports"] is null).Select(e => new object[] { (string)e["id"]! });

    [Fact]
    public void Every_address_indicator_is_tried() => Assert.Equal(
        Shipped.Rules.LogRules.Where(r => r.SigmaId.Length == 0).Select(r => r.Id).Order(StringComparer.Ordinal), Ids().Select(i => (string)i[0]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_value_is_found_as_a_whole_in_every_log(string id)
    {
        var entry = Entries.Single(e => (string)e["id"]! == id);
        var addresses = Texts(entry["addresses"]).SelectMany(a => new[] { (a, true), (Known.Contains(a + "7") ? a + "77" : a + "7", false), ("1" + a, false) });
        var names = Texts(entry["domains"]).SelectMany(d => new[] { (d, true), (d.ToUpperInvariant(), true), ("c2." + d, true), (d + "x", false), ("x" + d, false), (d.Replace('.', '-'), false) });
        var networks = Texts(entry["networks"]).SelectMany(n => Network(n));
        var values = addresses.Concat(names).Concat(networks).ToList();
        Assert.Contains(values, v => v.Item2);
        foreach (var type in LogTypes.All)
        {
            var matcher = Shipped.Rules.MatcherFor(type);
            foreach (var (value, wanted) in values.Where(v => v.Item2 || !Known.Contains(v.Item1)))
            {
                var line = $"Sep 12 03:14:07 gw x[1]: from {value}:4000 and on";
                Assert.True(Matches(matcher, type, line, id) == wanted, $"{type}: {value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_value_ages(string id)
    {
        var rule = Shipped.Rules.LogRules.Single(r => r.Id == id);

        Assert.Equal(Grade.Pivot, rule.Grade);
        Assert.True(rule.IsValidAt(rule.ValidFrom) && !rule.IsValidAt(rule.ValidFrom!.Value.AddSeconds(-1)));
        Assert.True(rule.IsValidAt(rule.ValidTo!.Value.AddSeconds(-1)) && !rule.IsValidAt(rule.ValidTo));
    }

    [Fact]
    public void Each_port_is_found_in_the_listings_of_both_tools_and_no_other_port_address_or_process()
    {
        foreach (var entry in Entries.Where(e => e["ports"] is not null))
        {
            foreach (var port in entry["ports"]!)
            {
                var (protocol, number, process, address) = ((string)port["protocol"]!, ((string)port["port"]!).Replace('?', '7'), ((string?)port["process"])?.Replace("*", "5", StringComparison.Ordinal), (string?)port["address"] ?? "*");
                var other = number[..^1] + (number[^1] == '3' ? "4" : "3") + (((string)port["port"]!).Contains('?', StringComparison.Ordinal) ? "3" : "");
                string Netstat(string p, string a, string n) => $"{p}4       0      0 {a}.{n}   *.*   {(p == "tcp" ? "LISTEN" : "")}";
                string Sockstat(string p, string a, string n, string who) => $"root     {who}   812   3  {p}4   {a}:{n}   *:*";
                var id = (string)entry["id"]!;
                Assert.Equal(process is null, Listed(id, "/shell/netstat-an.out", Netstat(protocol, address, number)));
                Assert.True(Listed(id, "/shell/sockstat.out", Sockstat(protocol, address, number, process ?? "x")), number);
                Assert.False(Listed(id, "/shell/netstat-an.out", Netstat(protocol, address, other)), other);
                Assert.False(Listed(id, "/shell/sockstat.out", Sockstat(protocol, address, other, process ?? "x")), other);
                Assert.False(Listed(id, "/shell/netstat-an.out", Netstat(protocol == "tcp" ? "udp" : "tcp", address, number)), number);
                Assert.True(process is null || !Listed(id, "/shell/sockstat.out", Sockstat(protocol, address, number, "nsppe")));
                Assert.True(address == "*" || !Listed(id, "/shell/netstat-an.out", Netstat(protocol, "192.0.2.10", number)));
            }
        }
    }

    private static bool Listed(string id, string path, string line) =>
        Shipped.Rules.FileMatcher().Match(Files.PlantedFile.Parse(path + " : " + line + "\\n"), live: false, new Problems()).Any(h => h.Indicator.Id == id);

    private static IEnumerable<(string, bool)> Network(string network)
    {
        var parts = network.Split('.', '/');
        return network.EndsWith("/32", StringComparison.Ordinal) ? [(network[..^3], true), (string.Join('.', parts[..3]) + ".9", false)]
            : [(string.Join('.', parts[..3]) + ".9", true), (string.Join('.', parts[..3]) + ".255", true), ($"{parts[0]}.{parts[1]}.{parts[2]}1.9", false), ($"1{parts[0]}.{parts[1]}.{parts[2]}.9", false)];
    }

    private static bool Matches(LogMatcher matcher, string type, string line, string id)
    {
        var record = new LogRecord();
        record.Reset(type, line);
        LogFormats.ByType(type)!.Parse(record);
        var hits = new List<LogRule>();
        matcher.Match(record, hits);
        return hits.Any(h => h.Id == id) && matcher.IsCandidate(Encoding.Latin1.GetBytes(line));
    }

    private static string[] Texts(JToken? token) => token?.Select(t => t is JArray parts ? string.Concat(parts.Select(p => (string)p!)) : (string)t!).ToArray() ?? [];
}
