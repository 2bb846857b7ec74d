using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Commands;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>Makes the nodes of a scenario.</summary>
internal static class ScenarioBuilder
{
    // what other objects refer to comes first
    private static readonly string[] Early = ["nspartition", "ipset", "policydataset", "systemcmdpolicy", "systemuser", "server", "service", "responderaction", "responderpolicy"];

    public static Pair Build(Scenario scenario, IReadOnlyList<string> addresses, string password)
    {
        var clock = new VirtualClock(scenario.Start ?? DateTimeOffset.UtcNow);
        var nodes = scenario.Nodes.Select((n, i) => new Node(n.Name, addresses[i], n.Version, clock) { IsPrimary = i == 0, Skew = TimeSpan.FromSeconds(n.SkewSeconds), Fingerprint = (n.Stamp, n.PageHash) }).ToList();
        var pair = new Pair(nodes);
        Configure(scenario, nodes[0], addresses, password);
        foreach (var users in scenario.Sessions)
        {
            nodes[0].Users.AddRange(Enumerable.Range(0, users.Count).Select(i => UserSessionRows.Make(users, i, Translation(scenario))));
        }

        foreach (var node in nodes.Skip(1))
        {
            node.Running = nodes[0].Running.Clone();
        }

        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].Translation = Translation(scenario);
            Finish(scenario, nodes[i], i, addresses);
            AddFiles(scenario, nodes[i], i);
        }

        return pair;
    }

    private static void Configure(Scenario scenario, Node node, IReadOnlyList<string> addresses, string password)
    {
        node.Running.Add("default", "systemuser", new Row().Set("username", "nsroot").Set("password", password));
        node.Running.Add("default", "systemuser_systemcmdpolicy_binding", new Row().Set("username", "nsroot").Set("policyname", "superuser").Set("priority", "100"));
        foreach (var address in addresses)
        {
            node.Running.Add("default", "nsrpcnode", new Row().Set("ipaddress", address).Set("srcip", "*").Set("secure", "OFF"));
        }

        var session = node.Sessions.Open("nsroot", TimeSpan.FromHours(1), 20, "127.0.0.1", node.Now, transient: true);
        foreach (var (name, rows) in scenario.Configuration.OrderBy(c => Order(c.Key)))
        {
            foreach (var row in rows)
            {
                Add(node, session, name, row.DeepClone().AsObject());
            }
        }

        foreach (var repeat in scenario.Repeat)
        {
            for (var n = 1; n <= repeat.Count; n++)
            {
                Add(node, session, repeat.Type, Numbered(repeat.Pattern, n));
            }
        }

        node.Sessions.Forget(session);
    }

    private static AddressTranslation? Translation(Scenario scenario) => scenario.Translation is not { } given ? null
        : new AddressTranslation(IPAddress.Parse(given.To), given.For.Select(f => AddressRange.TryParse(f, out var range) ? range : throw new InvalidOperationException($"'{f}' is no range of addresses.")).ToList());

    // what each node has for itself
    private static void Finish(Scenario scenario, Node node, int index, IReadOnlyList<string> addresses)
    {
        node.Running.Add("default", "nshostname", new Row().Set("hostname", scenario.Nodes[index].HostName is { Length: > 0 } host ? host : node.Name));
        if (addresses.Count > 1)
        {
            node.Running.Add("default", "hanode", new Row().Set("id", "1").Set("ipaddress", addresses[1 - index]));
        }

        Apply(node);
        node.Save();
        if (scenario.Unsaved)
        {
            node.Touch();
        }
    }

    private static void Add(Node node, AdminSession session, string name, JsonObject values)
    {
        var parts = name.Split('/');
        var type = Schema.NitroSchema.Find(parts[^1]) ?? throw new InvalidOperationException($"The scenario names a type '{name}' that does not exist.");
        session.Partition = parts.Length > 1 ? parts[0] : "default";
        if (type.Singleton || type.Name == "nshostname")
        {
            foreach (var (key, value) in values)
            {
                node.Running.Single(session.Partition, type.Name).Set(key, value?.DeepClone());
            }

            return;
        }

        // a single node takes the command, so that a scenario is checked as a client's request is
        var alone = new Pair([node]);
        var state = (string?)values["state"];
        var health = (string?)values["_health"];
        values.Remove("state");
        values.Remove("_health");
        var request = new NitroRequest { Method = "POST", Type = type.Name, Body = values };
        try
        {
            Dispatcher.Configure(alone, node, session, request, type);
        }
        catch (NitroError e)
        {
            throw new InvalidOperationException($"The scenario's {name} {values.ToJsonString()} is refused: {e.Message}.", e);
        }

        var row = node.Running.Rows(session.Partition, type.Name)[^1];
        row.Set("state", state).Set("_health", health ?? "UP");
    }

    private static void Apply(Node node)
    {
        foreach (var partition in Pair.Partitions(node))
        {
            foreach (var (type, key) in new[] { ("nsacl", "aclname"), ("nsacl6", "acl6name") })
            {
                node.Acls.AddRange(node.Running.Rows(partition, type).Where(r => !r.Is("state", "DISABLED") && !r.Is("_pending", "true")).Select(r => new AppliedAcl { Name = r.Text(key)!, Row = r.Clone(), Partition = partition, IsIPv6 = type == "nsacl6" }));
            }
        }
    }

    private static void AddFiles(Scenario scenario, Node node, int index)
    {
        node.Files.Put("/var/log/ns.log", [], node.Now);
        var installed = node.Now - TimeSpan.FromDays(200);
        foreach (var folder in new[] { "/var/log", "/var/nslog", "/var/tmp", "/tmp", "/var/core", "/var/crash", "/nsconfig", "/var/nsinstall", "/var/ns_sys_backup", "/netscaler/ns_gui/vpn", "/netscaler/portal/templates", "/var/netscaler/logon", "/var/vpn/bookmark", "/var/cron/tabs", "/etc", "/flash/nsconfig" })
        {
            node.Files.AddFolder(folder, installed);
        }

        node.Files.Put("/etc/crontab", Encoding.ASCII.GetBytes("# /etc/crontab\nSHELL=/bin/sh\n*/5 * * * * root /usr/libexec/atrun\n0 * * * * root newsyslog\n"), installed);
        foreach (var log in scenario.Logs.Where(l => l.Node is null || l.Node == index))
        {
            LogWriter.Write(log, node, scenario.Seed + index);
        }

        foreach (var file in scenario.Files.Where(f => f.Node is null || f.Node == index))
        {
            var content = file.Size > 0 ? new byte[file.Size] : Encoding.UTF8.GetBytes(string.Join('\n', file.Text) + (file.Text.Length > 0 ? "\n" : ""));
            node.Files.Put(file.Path, content, file.Modified ?? installed, file.Unreadable);
        }
    }

    private static JsonObject Numbered(JsonObject pattern, int number)
    {
        var text = pattern.ToJsonString().Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{b}", (number / 250).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{c}", (1 + (number % 250)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static int Order(string name)
    {
        var type = name.Split('/')[^1];
        return type.EndsWith("_binding", StringComparison.Ordinal) ? 200 : Array.IndexOf(Early, type) is var i && i >= 0 ? i : 100;
    }
}
