using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Every type of the schema that can be added and removed is, with values made from the schema.</summary>
public sealed class CrudTests(CrudTests.Appliance appliance) : IClassFixture<CrudTests.Appliance>
{
    public static TheoryData<string> Types() => new(NitroSchema.Names.Select(n => NitroSchema.Find(n)!)
        .Where(t => t.Key is not null && !t.Singleton && !t.IsBinding && t.Has("add") && t.Has("delete") && t.Name is not ("systemfile" or "hanode" or "systembackup")).Select(t => t.Name));

    public static TheoryData<string> Settings() => new(NitroSchema.Names.Select(n => NitroSchema.Find(n)!).Where(t => t.Singleton && t.Has("update") && t.Has("get") && t.Name != "nsconfig").Select(t => t.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_type_can_be_added_read_changed_and_removed(string name)
    {
        var (wire, type) = (appliance.Wire, NitroSchema.Find(name)!);
        var added = Values(type, type.AddArguments);
        var key = type.Key!;
        var id = Row.Plain(added[key]!);
        var path = $"{name}/{Uri.EscapeDataString(Uri.EscapeDataString(id))}";

        await Good(wire.Post(name, Body(name, added)), 201);
        var again = await wire.Post(name, Body(name, added));
        Assert.True(again.Code is 273 or 872 or 899, again.Text);
        var row = (await Good(wire.Get(path), 200)).Rows(name)[0]!.AsObject();
        Assert.Equal(id, Row.Plain(row[key]!));
        if (type.Has("update") && type.UpdateArguments.Length > 0)
        {
            await Good(wire.Put(name, Body(name, Values(type, type.UpdateArguments.Append(key)))), 200);
        }

        if (type.Has("enable") && type.EnableArguments.Length > 0)
        {
            await Good(wire.Post(name + "?action=disable", Body(name, Only(added, key))), 200);
            await Good(wire.Post(name + "?action=enable", Body(name, Only(added, key))), 200);
        }

        Assert.Equal(1090, (await wire.Post(name, Body(name, new JsonObject { ["bogus"] = 1 }))).Code);
        Assert.Equal(1095, (await wire.Post(name, Body(name, []))).Code);
        await Good(wire.Delete(path), 200);
        Assert.Equal(404, (await wire.Get(path)).Status);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_setting_can_be_changed_and_read_back(string name)
    {
        var (wire, type) = (appliance.Wire, NitroSchema.Find(name)!);
        var values = Values(type, type.UpdateArguments);
        await Good(wire.Put(name, Body(name, values)), 200);
        var shown = (await Good(wire.Get(name), 200)).Json[name]!.AsObject();

        Assert.All(values.Where(v => v.Value is JsonValue && !v.Key.Contains("pass", StringComparison.Ordinal)), v => Assert.Equal(Row.Plain(v.Value!), Row.Plain(shown[v.Key]!)));
    }

    private static async Task<Reply> Good(Task<Reply> sent, int status)
    {
        var reply = await sent;
        Assert.True(reply.Status == status && reply.Code == 0, $"{reply.Line} {reply.Text}");
        return reply;
    }

    private static string Body(string name, JsonObject values) => new JsonObject { [name] = values.DeepClone() }.ToJsonString();

    private static JsonObject Only(JsonObject values, string key) => new() { [key] = values[key]!.DeepClone() };

    // the fewest arguments that make an object: its keys, what is always needed, and some settings
    private static JsonObject Values(ResourceType type, IEnumerable<string> arguments)
    {
        var values = new JsonObject();
        var wanted = arguments.Where(a => type.Fields.ContainsKey(a) && !type.Fields[a].ReadOnly).ToList();
        foreach (var name in wanted.Where(a => a == type.Key || type.FurtherKeys.Contains(a) || a is "servicetype" or "password" or "rule" or "action" or "comment" or "type" or "aclaction" or "acl6action" or "port" or "timeout"))
        {
            if (type.Name == "vpnvserver" && name == "port")
            {
                continue;
            }

            if (Value(type, name) is { } value)
            {
                values[name] = value;
            }
        }

        if (values.Count < 2)
        {
            foreach (var name in wanted.Where(a => !values.ContainsKey(a) && type.Fields[a].Values.Length > 0).Take(2))
            {
                values[name] = Value(type, name);
            }
        }

        return values;
    }

    private static JsonNode? Value(ResourceType type, string name)
    {
        var field = type.Fields[name];
        switch (type.Name, name)
        {
            case ("responderpolicy", "action"):
                return "DROP";
            case ("nsip", "type"):
                return "VIP";
            case ("systemuser", "password"):
                return "Test-12345";
        }

        if (field.IsArray)
        {
            return field.Values.Length > 0 ? new JsonArray(field.Values[0]) : null;
        }

        if (field.Values.Length > 0)
        {
            return field.Values[0];
        }

        return field.Type switch
        {
            "Double" or "Integer" => decimal.Parse(field.Minimum ?? "1", CultureInfo.InvariantCulture) is var least ? JsonValue.Create((long)Math.Max(1, least)) : null,
            "Boolean" => true,
            _ => name switch
            {
                "rule" => "true",
                "network" or "ip" or "ipaddress" or "serverip" or "trapdestination" or "gateway" => "10.99.1.1",
                "netmask" => "255.255.255.0",
                "ipv6address" => "2001:db8::99/64",
                _ => field.MaximumLength is { } length && length < 8 ? "t1" : "test_1",
            },
        };
    }

    public sealed class Appliance : IAsyncLifetime
    {
        private SimulatorHost? _host;

        internal Wire Wire { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            _host = await SimulatorHost.Start("topology-ha");
            Wire = await new Wire(_host.Nodes[0]).Login();
        }

        public async Task DisposeAsync() => await _host!.DisposeAsync();
    }
}
