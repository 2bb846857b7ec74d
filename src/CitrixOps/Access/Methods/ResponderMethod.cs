using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access.Methods;

/// <summary>
/// Responder policies, bound globally before all others, that drop requests to the closed addresses or answer with a page. They run after
/// TLS and HTTP were parsed: an addition, no protection against flaws before that.
/// </summary>
internal sealed class ResponderMethod : IIsolationMethod
{
    // the appliance takes about 1,499 characters in one expression
    private const int LongestRule = 1400;
    private static readonly string[] Http = { "HTTP", "SSL" };

    public IsolationMethod Method => IsolationMethod.Responder;

    public void Plan(PlanDraft draft)
    {
        draft.Warnings.Add("Responder policies run after TLS and HTTP were parsed: both stay exposed, established tunnels go on, and some of the gateway's own URLs bypass them. Use this only beside another method.");
        foreach (var partition in draft.Targets.GroupBy(t => t.Partition))
        {
            var reached = partition.Where(t => Http.Contains(t.Server.ServiceType)).ToArray();
            draft.StillOpen.AddRange(partition.Except(reached).Select(t => $"{t.Server.Kind} {t.Server.Shown}: {t.Server.ServiceType} is no HTTP"));
            draft.StillOpen.AddRange(reached.Where(t => t.Server.IsDtls).Select(t => $"{t.Server.Kind} {t.Server.Shown}: DTLS over UDP"));
            if (reached.Length > 0)
            {
                Close(draft, partition.Key, new AddressSet(reached.SelectMany(t => t.Server.Addresses).Select(AddressRange.Of)));
            }
        }

        VirtualServerMethod.ManagementStays(draft);
    }

    private static void Close(PlanDraft draft, PartitionView partition, AddressSet destinations)
    {
        var id = draft.Options.Id;
        var action = "DROP";
        if (draft.Options.MaintenancePage.Length > 0 && draft.Options.MaintenanceVip is null)
        {
            action = OwnNames.FormattableName("page", id);
            draft.Add(ChangeVerb.Add, "responderaction", partition.Name, "Add the page that is answered with", new[] { NoticePage.Action(action, draft.Options.MaintenancePage) });
        }

        var rules = Rules(destinations, draft.Options.Allowed);
        var taken = new HashSet<long>(partition.Responders.Select(r => r.Priority));
        var first = taken.Count == 0 ? long.MaxValue : taken.Min();
        var free = Enumerable.Range(1, rules.Count + taken.Count).Select(n => (long)n).Where(n => !taken.Contains(n)).Take(rules.Count).ToArray();
        if (free.Any(f => f > first))
        {
            draft.Warnings.Add($"Policies of others come first where they match: {PlanDraft.Names(partition.Responders.Where(r => r.Priority < free.Last()).Select(r => Investigation.SafeText.FromText(r.Policy, 127)))}.");
        }

        var names = rules.Select((_, i) => OwnNames.Of("close", id, i + 1)).ToArray();
        draft.Add(ChangeVerb.Add, "responderpolicy", partition.Name, $"Add {rules.Count} responder policies for {PlanDraft.Names(destinations.Ranges.Select(r => r.ToString()))}", rules.Select((r, i) => new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = names[i], ["rule"] = r, ["action"] = action }));
        draft.Add(ChangeVerb.Bind, "responderglobal_responderpolicy_binding", partition.Name, "Bind them globally: requests are refused", names.Select((n, i) => new Dictionary<string, object>(StringComparer.Ordinal) { ["policyname"] = n, ["priority"] = free[i].ToString(CultureInfo.InvariantCulture), ["gotopriorityexpression"] = "END", ["type"] = "REQ_OVERRIDE" }));
    }

    private static List<string> Rules(AddressSet destinations, AddressSet allowed)
    {
        var except = allowed.IsEmpty ? "" : " && !(" + string.Join(" || ", allowed.Ranges.SelectMany(r => r.Subnets().Select(s => $"CLIENT.{(r.IsIPv6 ? "IPV6" : "IP")}.SRC.IN_SUBNET({s})"))) + ")";
        var rules = new List<string>();
        var part = "";
        foreach (var term in destinations.Ranges.SelectMany(r => r.Subnets().Select(s => $"CLIENT.{(r.IsIPv6 ? "IPV6" : "IP")}.DST.IN_SUBNET({s})")))
        {
            if (part.Length > 0 && part.Length + term.Length + except.Length + 8 > LongestRule)
            {
                rules.Add($"({part}){except}");
                part = "";
            }

            part += (part.Length > 0 ? " || " : "") + term;
        }

        rules.Add($"({part}){except}");
        return rules;
    }
}
