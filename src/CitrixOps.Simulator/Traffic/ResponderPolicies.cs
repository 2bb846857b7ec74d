using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Simulator.Commands.Special;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>What responder policies make of a request: global ones that override, those of the virtual server, the other global ones.</summary>
internal static class ResponderPolicies
{
    /// <summary>The answer of the first policy that fits; null where the request goes on.</summary>
    public static Answer? Decide(Node node, VirtualServer server, Packet packet)
    {
        if (!VersionTypes.IsOn(node, "RESPONDER"))
        {
            return null;
        }

        var store = node.Running;
        var global = store.Rows(server.Partition, "responderglobal_responderpolicy_binding");
        var own = store.Rows(server.Partition, server.Type + "_responderpolicy_binding").Where(b => b.Is("name", server.Name) && b.Text("bindpoint") is null or "REQUEST");
        foreach (var bank in new[] { global.Where(IsOverride), own, global.Where(b => !IsOverride(b)) })
        {
            if (Bank(node, server, packet, bank) is { } answer)
            {
                return answer;
            }
        }

        return null;
    }

    private static bool IsOverride(Row binding) => binding.Text("type") is "REQ_OVERRIDE" or "OVERRIDE";

    private static Answer? Bank(Node node, VirtualServer server, Packet packet, IEnumerable<Row> bindings)
    {
        foreach (var binding in bindings.OrderBy(b => long.TryParse(b.Text("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p : long.MaxValue))
        {
            var name = binding.Text("policy") ?? binding.Text("policyname") ?? "";
            var policy = node.Running.Rows(server.Partition, "responderpolicy").FirstOrDefault(p => p.Is("name", name));
            if (policy is null)
            {
                continue;
            }

            var fits = PolicyExpression.Evaluate(policy.Text("rule") ?? "", node, server.Partition, packet);
            Count(policy, fits is null ? "undefhits" : fits is true ? "hits" : null);
            if (fits is not true)
            {
                continue;
            }

            if (!policy.Is("action", "NOOP"))
            {
                return Act(node.Running, server, policy);
            }

            // a policy that does nothing ends its bank where the binding says so
            if (binding.Text("gotopriorityexpression") is null or "END")
            {
                return null;
            }
        }

        return null;
    }

    private static void Count(Row policy, string? counter)
    {
        if (counter is not null)
        {
            policy.Set(counter, (long.Parse(policy.Text(counter) ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static Answer Act(Store store, VirtualServer server, Row policy)
    {
        var reason = "responder policy " + policy.Text("name");
        switch (policy.Text("action"))
        {
            case "DROP":
                return new Answer(Outcome.SilentAfterTls, reason, Server: server.Name);
            case "RESET":
                return new Answer(Outcome.ResetAfterTls, reason, Server: server.Name);
        }

        var action = store.Rows(server.Partition, "responderaction").FirstOrDefault(a => a.Is("name", policy.Text("action") ?? ""));
        var status = int.TryParse(action?.Text("responsestatuscode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : action?.Is("type", "redirect") == true ? 302 : 200;
        var body = action?.Is("type", "respondwithhtmlpage") == true ? store.Rows(server.Partition, "responderhtmlpage").FirstOrDefault(p => p.Is("name", action.Text("htmlpage") ?? ""))?.Text("response") ?? "" : action?.Text("target")?.Trim('"') ?? "";
        return new Answer(Outcome.Answered, reason, status, server.Name, body);
    }
}
