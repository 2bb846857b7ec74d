using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access;

/// <summary>The calls of a step: to do it, to undo it, to look at it. One call for all objects wherever the appliance takes that.</summary>
internal static class StepCalls
{
    // exists already, already in this state, already removed, not there any more, apply to activate
    public static readonly int[] Harmless = { 273, 451, 870, 897, 258, 864, 461, 2823, 538, 878, 902 };

    private static readonly string[] NoIdentity = { "priority", "gotopriorityexpression", "weight", "name" };

    public static string Key(string type) => type switch
    {
        "nsacl" => "aclname",
        "nsacl6" => "acl6name",
        "nsip" => "ipaddress",
        "responderglobal_responderpolicy_binding" => "policyname",
        _ => "name",
    };

    public static IEnumerable<NitroCall> Do(ReceiptStep step, IReadOnlyList<IReadOnlyDictionary<string, object>> objects) => step.Verb switch
    {
        ChangeVerb.Add => Bulk(NitroCall.Add(step.Type, Body(objects)), objects),
        ChangeVerb.Bind or ChangeVerb.Set => Bulk(NitroCall.Put(step.Type, Body(objects)), objects),
        ChangeVerb.Disable => Bulk(NitroCall.Do(step.Type, "disable", Body(objects)), objects),
        ChangeVerb.Enable => Bulk(NitroCall.Do(step.Type, "enable", Body(objects)), objects),
        ChangeVerb.Apply => new[] { NitroCall.Do(step.Type, "apply", new JObject()) },
        ChangeVerb.Save => new[] { Save(step) },
        _ => Array.Empty<NitroCall>(),
    };

    public static IEnumerable<NitroCall> Undo(ReceiptStep step, IReadOnlyList<IReadOnlyDictionary<string, object>> objects) => step.Verb switch
    {
        ChangeVerb.Add => objects.Reverse().Select(o => NitroCall.Delete(step.Type, Text(o, Key(step.Type)))),
        ChangeVerb.Bind => objects.Reverse().Select(o => Unbind(step.Type, o)),
        ChangeVerb.Disable => Bulk(NitroCall.Do(step.Type, "enable", Body(objects)), objects),
        ChangeVerb.Enable => Bulk(NitroCall.Do(step.Type, "disable", Body(objects)), objects),
        ChangeVerb.Set => Bulk(NitroCall.Put(step.Type, Body(step.Before.Where(b => objects.Any(o => Text(o, Key(step.Type)) == Text(b, Key(step.Type)))).ToArray())), objects),
        ChangeVerb.Apply => new[] { NitroCall.Do(step.Type, "apply", new JObject()) },
        ChangeVerb.Save => new[] { Save(step) },
        _ => Array.Empty<NitroCall>(),
    };

    /// <summary>The read that shows a step's effect; null where there is none.</summary>
    public static NitroCall? Read(ReceiptStep step)
    {
        if (step.Verb is ChangeVerb.EndSessions or ChangeVerb.Save)
        {
            return null;
        }

        if (step.Verb == ChangeVerb.Apply)
        {
            return NitroCall.Get(step.Type == "nsacls6" ? "nsacl6" : "nsacl");
        }

        if (step.Type.StartsWith("responderglobal", StringComparison.Ordinal))
        {
            return NitroCall.Get(step.Type, null, ("type", Text(step.Objects[0], "type")));
        }

        var call = NitroCall.Get(step.Type);
        return step.Type.EndsWith("_binding", StringComparison.Ordinal) ? call with { Options = "bulkbindings=yes" }
            : step.Type.EndsWith("vserver", StringComparison.Ordinal) && step.Verb is ChangeVerb.Disable or ChangeVerb.Enable ? call with { Attributes = new[] { "name", "curstate" } } : call;
    }

    public static string Text(IReadOnlyDictionary<string, object> values, string name) => values.TryGetValue(name, out var value) ? NitroReply.Text(JToken.FromObject(value)) ?? "" : "";

    private static NitroCall Save(ReceiptStep step) => NitroCall.Do("nsconfig", "save", step.Objects.Count > 0 ? JObject.FromObject(step.Objects[0]) : new JObject());

    private static NitroCall[] Bulk(NitroCall call, IReadOnlyList<IReadOnlyDictionary<string, object>> objects) => new[] { objects.Count > 1 ? call with { OnError = "continue" } : call };

    private static JToken Body(IReadOnlyList<IReadOnlyDictionary<string, object>> objects) => objects.Count == 1 ? JObject.FromObject(objects[0]) : new JArray(objects.Select(o => JObject.FromObject(o)));

    private static NitroCall Unbind(string type, IReadOnlyDictionary<string, object> row)
    {
        if (type.StartsWith("responderglobal", StringComparison.Ordinal))
        {
            return new NitroCall { Method = "DELETE", Type = type, Arguments = new[] { "policyname", "type", "priority" }.Select(n => (n, Text(row, n))).ToArray() };
        }

        return NitroCall.Delete(type, Text(row, "name"), row.Keys.Where(k => !NoIdentity.Contains(k)).Select(k => (k, Text(row, k))).ToArray());
    }
}
