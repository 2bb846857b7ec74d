using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access;

/// <summary>Compares a step's objects with what the appliance has. Pure.</summary>
internal static class StepObjects
{
    private static readonly string[] NotEchoed = { "ttl", "td", "healthmonitor", "bindpoint" };

    public static string Name(ReceiptStep step, IReadOnlyDictionary<string, object> values) => StepCalls.Text(values, StepCalls.Key(step.Type));

    /// <summary>The objects of a step that are not in effect.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object>> Missing(ReceiptStep step, IReadOnlyList<JObject> rows)
    {
        if (step.Verb == ChangeVerb.Apply)
        {
            return rows.Select(r => AclView.Of(r, step.Type == "nsacls6")).Where(a => a.IsOurs && !a.IsApplied).Select(a => (IReadOnlyDictionary<string, object>)new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = a.Name }).ToArray();
        }

        var find = Index(step, rows);
        return step.Verb switch
        {
            // one that somebody removed since cannot be disabled, and lets nobody in
            ChangeVerb.Disable => step.Objects.Where(o => find(o).Any(r => !IsDisabled(r))).ToArray(),
            ChangeVerb.Enable => step.Objects.Where(o => find(o).Any(IsDisabled)).ToArray(),
            ChangeVerb.Set => step.Objects.Where(o => find(o).Any(r => Changed(o, r))).ToArray(),
            ChangeVerb.Add or ChangeVerb.Bind => step.Objects.Where(o => !find(o).Any()).ToArray(),
            _ => Array.Empty<IReadOnlyDictionary<string, object>>(),
        };
    }

    /// <summary>The objects of a step that are in effect, and the names of those that others changed.</summary>
    public static (IReadOnlyList<IReadOnlyDictionary<string, object>> Present, IReadOnlyList<string> Changed) Present(ReceiptStep step, IReadOnlyList<JObject> rows)
    {
        var find = Index(step, rows);
        return step.Verb switch
        {
            ChangeVerb.Disable => (step.Objects.Where(o => find(o).Any(IsDisabled)).ToArray(), Array.Empty<string>()),
            ChangeVerb.Enable => (step.Objects.Where(o => find(o).Any(r => !IsDisabled(r))).ToArray(), Array.Empty<string>()),
            ChangeVerb.Set => (step.Objects.Where(o => find(o).Any(r => !Changed(o, r))).ToArray(), step.Objects.Where(o => find(o).Any(r => Changed(o, r))).Select(o => Name(step, o)).ToArray()),
            ChangeVerb.Add or ChangeVerb.Bind => (step.Objects.Where(o => find(o).Any()).ToArray(), step.Objects.Where(o => find(o).Any(r => Changed(o, r))).Select(o => Name(step, o)).ToArray()),
            _ => (Array.Empty<IReadOnlyDictionary<string, object>>(), Array.Empty<string>()),
        };
    }

    private static Func<IReadOnlyDictionary<string, object>, IEnumerable<JObject>> Index(ReceiptStep step, IReadOnlyList<JObject> rows)
    {
        var key = StepCalls.Key(step.Type);
        var byName = rows.ToLookup(r => NitroReply.Text(r[key]) ?? "", StringComparer.OrdinalIgnoreCase);
        var second = step.Verb == ChangeVerb.Bind ? new[] { "policyname", "policy", "servicename", "type" } : Array.Empty<string>();
        return o => byName[StepCalls.Text(o, key)].Where(r => second.All(s => !o.ContainsKey(s) || r[s] is null || Same(StepCalls.Text(o, s), r[s])));
    }

    private static bool IsDisabled(JObject row) => (NitroReply.Text(row["curstate"]) ?? NitroReply.Text(row["state"]) ?? "").ToUpperInvariant() is "OUT OF SERVICE" or "DISABLED" or "GOING OUT OF SERVICE" or "DOWN WHEN GOING OUT OF SERVICE";

    private static bool Changed(IReadOnlyDictionary<string, object> wanted, JObject row) =>
        wanted.Keys.Any(k => !NotEchoed.Contains(k) && row[k] is { } value && !Same(StepCalls.Text(wanted, k), value));

    private static bool Same(string wanted, JToken? value)
    {
        var text = NitroReply.Text(value) ?? "";
        if (string.Equals(wanted, text, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // IPv6 in another spelling, YES for true
        return (Networks.AddressRange.TryParse(wanted, out var a) && Networks.AddressRange.TryParse(text, out var b) && a == b) || (wanted is "true" && NitroReply.Flag(value));
    }
}
