using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Mitigations;

/// <summary>One change that can be made, looked at and taken back. Everything it needs for that is in the receipt.</summary>
internal sealed record MitigationChange
{
    // not there
    private static readonly int[] Absent = { 258, 344, 538, 1540, 2823, 3087, 3248 };

    /// <summary><c>feature</c>, <c>object</c>, <c>binding</c> or <c>property</c>.</summary>
    [JsonProperty("kind")]
    public string Kind { get; init; } = "";

    [JsonProperty("partition")]
    public string Partition { get; init; } = "default";

    [JsonProperty("type")]
    public string Type { get; init; } = "";

    /// <summary>The object, or null for a setting of the appliance.</summary>
    [JsonProperty("name")]
    public string? Name { get; init; }

    /// <summary>The property that names it.</summary>
    [JsonProperty("key")]
    public string? Key { get; init; }

    [JsonProperty("property")]
    public string? Property { get; init; }

    [JsonProperty("value")]
    public string? Value { get; init; }

    /// <summary>The value before; null where it was not set.</summary>
    [JsonProperty("before")]
    public string? Before { get; init; }

    /// <summary>True where that was the appliance's own, so that it is unset again.</summary>
    [JsonProperty("beforeIsDefault")]
    public bool BeforeIsDefault { get; init; }

    /// <summary>What an object or a binding is made of.</summary>
    [JsonProperty("properties")]
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>The command line, for people.</summary>
    [JsonProperty("command")]
    public string Command { get; init; } = "";

    public NitroCall Apply() => Kind switch
    {
        "feature" => NitroCall.Do("nsfeature", "enable", new JObject { ["feature"] = new JArray(Name!) }),
        "object" => NitroCall.Add(Type, Body()),
        "binding" => NitroCall.Put(Type, Body()),
        _ => NitroCall.Put(Type, Named(new JObject { [Property!] = Value })),
    };

    public NitroCall Undo() => Kind switch
    {
        "feature" => NitroCall.Do("nsfeature", "disable", new JObject { ["feature"] = new JArray(Name!) }),
        "object" => NitroCall.Delete(Type, Name!) with { Accepts = Absent },
        "binding" => new NitroCall { Method = "DELETE", Type = Type, Arguments = new[] { (Key!, Name!) }.Concat(Properties!.Where(p => p.Key is "type" or "priority").Select(p => (p.Key, p.Value))).ToArray(), Accepts = Absent },
        _ when Before is null || BeforeIsDefault => NitroCall.Do(Type, "unset", Named(new JObject { [Property!] = true })),
        _ => NitroCall.Put(Type, Named(new JObject { [Property!] = Before })),
    };

    /// <summary>Looks whether the change is there, as it was made.</summary>
    public async Task<bool> IsThereAsync(NitroConnection connection, CancellationToken cancellationToken)
    {
        switch (Kind)
        {
            case "feature":
                return await HasFeatureAsync(connection, Name!, cancellationToken).ConfigureAwait(false);
            case "binding":
                return (await RowsAsync(connection, NitroCall.Get(Type, null, Properties!.Where(p => p.Key == "type").Select(p => (p.Key, p.Value)).ToArray()), cancellationToken).ConfigureAwait(false)).Any(r => Is(r, Key!, Name!));
            case "object":
                return (await RowsAsync(connection, NitroCall.Get(Type, Name), cancellationToken).ConfigureAwait(false)).Any(r => Properties!.All(p => Is(r, p.Key, p.Value)));
            default:
                return string.Equals(await ValueAsync(connection, cancellationToken).ConfigureAwait(false), Value, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Whether something of that name is there, whatever it is made of by now.</summary>
    public async Task<bool> IsAnythingThereAsync(NitroConnection connection, CancellationToken cancellationToken) => Kind == "object"
        ? (await RowsAsync(connection, NitroCall.Get(Type, Name), cancellationToken).ConfigureAwait(false)).Count > 0
        : Kind != "property" ? await IsThereAsync(connection, cancellationToken).ConfigureAwait(false)
        : !string.Equals(await ValueAsync(connection, cancellationToken).ConfigureAwait(false), Before, StringComparison.OrdinalIgnoreCase);

    public static async Task<IReadOnlyList<JObject>> RowsAsync(NitroConnection connection, NitroCall call, CancellationToken cancellationToken) =>
        (await connection.SendAsync(call with { Accepts = Absent }, cancellationToken).ConfigureAwait(false)).Rows(call.Type);

    public static async Task<bool> HasFeatureAsync(NitroConnection connection, string feature, CancellationToken cancellationToken) =>
        (await RowsAsync(connection, NitroCall.Get("nsfeature"), cancellationToken).ConfigureAwait(false))
            .Any(r => NitroReply.Flag(r[feature.ToLowerInvariant()]) || (r["feature"] as JArray)?.Any(f => string.Equals(NitroReply.Text(f), feature, StringComparison.OrdinalIgnoreCase)) == true);

    private async Task<string?> ValueAsync(NitroConnection connection, CancellationToken cancellationToken)
    {
        var row = (await RowsAsync(connection, NitroCall.Get(Type, Name), cancellationToken).ConfigureAwait(false)).FirstOrDefault();
        return row is null ? null : NitroReply.Text(row[Property!]);
    }

    private static bool Is(JObject row, string property, string value) => string.Equals(NitroReply.Text(row[property]), value, property is "rule" or "target" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private JObject Body()
    {
        var body = Named(new JObject());
        foreach (var property in Properties!)
        {
            body[property.Key] = property.Value;
        }

        return body;
    }

    private JObject Named(JObject body)
    {
        if (Key is not null)
        {
            body[Key] = Name;
        }

        return body;
    }
}
