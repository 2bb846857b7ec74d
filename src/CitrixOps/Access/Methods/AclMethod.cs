using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access.Methods;

/// <summary>
/// Access lists that deny, and nothing but: everybody who does not stay in, to the addresses that are closed. There is no ALLOW among them,
/// so they let in nobody whom others' lists keep out, and their order among each other does not matter. A list without a destination is
/// never made: it would cut off management.
/// </summary>
internal sealed class AclMethod : IIsolationMethod
{
    private const int LastPriority = 100000;

    public IsolationMethod Method => IsolationMethod.Acl;

    public void Plan(PlanDraft draft)
    {
        var apply = new List<(string Type, string Partition)>();
        foreach (var partition in draft.Inventory.Partitions)
        {
            foreach (var six in new[] { false, true })
            {
                var rules = Rules(draft, partition, six).Concat(ManagementRules(draft, partition, six)).ToArray();
                if (rules.Length > 0 && Rows(draft, partition, six, rules) is { } rows)
                {
                    var type = six ? "nsacl6" : "nsacl";
                    draft.Add(ChangeVerb.Add, type, partition.Name, $"Add {rows.Length} access lists ({(six ? "IPv6" : "IPv4")}) that deny {Who(draft.Options)} to {PlanDraft.Names(rules.Select(r => r.Destination.ToString()).Distinct())}", rows);
                    apply.Add((type, partition.Name));
                }
            }
        }

        foreach (var (type, partition) in apply)
        {
            draft.Add(ChangeVerb.Apply, AclView.ApplyType(type), partition, $"Apply the access lists ({(type == "nsacl6" ? "IPv6" : "IPv4")}): the door is shut");
        }

        CarryAlong(draft);
    }

    private static string Who(ClosingOptions options) => options.Allowed.IsEmpty ? "everybody" : "everybody but " + options.Allowed;

    private static IEnumerable<Rule> Rules(PlanDraft draft, PartitionView partition, bool six)
    {
        var targets = draft.Targets.Where(t => t.Partition == partition).SelectMany(t => t.Server.Addresses.Select(a => (t.Server, Range: AddressRange.Of(a), Own: Own(partition, a)))).Where(t => t.Range.IsIPv6 == six).ToArray();
        var sources = Denied(AddressSet.Everything.Except(draft.Options.Allowed), six);
        foreach (var domain in targets.Where(t => !t.Own).GroupBy(t => t.Server.TrafficDomain))
        {
            foreach (var rule in new AddressSet(domain.Select(t => t.Range)).Ranges.SelectMany(d => sources.Select(s => new Rule(s, d, domain.Key, "", ""))))
            {
                yield return rule;
            }
        }

        // the appliance's own address: only the virtual server's port, or its own traffic would stop
        foreach (var (server, range, _) in targets.Where(t => t.Own))
        {
            foreach (var protocol in server.IsDtls ? new[] { "TCP", "UDP" } : new[] { server.IsUdp ? "UDP" : "TCP" })
            {
                foreach (var source in sources)
                {
                    yield return new Rule(source, range, server.TrafficDomain, protocol, server.Port.ToString(CultureInfo.InvariantCulture));
                }
            }
        }
    }

    // management that the outside can reach: closed to the outside only, and never to the caller
    private static IEnumerable<Rule> ManagementRules(PlanDraft draft, PartitionView partition, bool six)
    {
        var open = partition.Addresses.Where(a => a.HasManagement && !a.IsDisabled && AddressRange.Of(a.Address).IsIPv6 == six && !draft.Options.Networks.IsInside(a.Address, out _)).ToArray();
        if (open.Length > 0 && draft.Inventory.Caller.Count == 0)
        {
            draft.StillOpen.AddRange(open.Select(a => $"Management {a.Address}: your own address is not known, closing it might cut you off"));
            open = Array.Empty<AddressView>();
        }

        var stays = draft.Options.Networks.Inside.Union(draft.Options.Allowed).Union(new AddressSet(draft.Inventory.Caller.Concat(draft.Inventory.Management).Concat(partition.Addresses.Select(a => a.Address)).Select(AddressRange.Of)));
        var sources = Denied(AddressSet.Everything.Except(stays), six);
        var before = partition.Acls.Where(a => a.IsApplied).ToArray();
        return open.Where(a => !AclReach.Sources(before, AddressRange.Of(a.Address), 443, udp: false, a.TrafficDomain).Except(stays).IsEmpty)
            .SelectMany(a => sources.Select(s => new Rule(s, AddressRange.Of(a.Address), a.TrafficDomain, "TCP", "1-1023")));
    }

    private static bool Own(PartitionView partition, IPAddress address) => partition.Addresses.Any(a => a.Address.Equals(address) && a.Type is not ("VIP" or ""));

    // null: any source
    private static IReadOnlyList<AddressRange?> Denied(AddressSet sources, bool six)
    {
        var ranges = sources.OfFamily(six).Ranges;
        return ranges.Count == 1 && ranges[0] == AddressRange.All(six) ? new AddressRange?[] { null } : ranges.Select(r => (AddressRange?)r).ToArray();
    }

    private static IReadOnlyDictionary<string, object>[]? Rows(PlanDraft draft, PartitionView partition, bool six, Rule[] rules)
    {
        var priorities = Priorities(partition, six, rules);
        if (priorities is null)
        {
            draft.Refuse("NoRoomForAccessLists", $"'{draft.Inventory.Gateway}' has access lists that let people in, and not enough free numbers before them for {rules.Length} of ours.", "Renumber the lists on the appliance, or close with -Method VirtualServer.");
            return null;
        }

        return rules.Select((r, i) => Row(draft.Options, r, six, OwnNames.Of(six ? "D6" : "D", draft.Options.Id, i + 1), priorities[i])).ToArray();
    }

    // before every list that lets somebody in whom we keep out; else behind all of them
    private static IReadOnlyList<int>? Priorities(PartitionView partition, bool six, Rule[] rules)
    {
        var present = partition.Acls.Where(a => a.IsIPv6 == six).ToArray();
        var taken = new HashSet<int>(present.Select(a => a.Priority));
        var limit = present.Where(a => a.Action != "DENY" && a.State != "DISABLED" && rules.Any(r => a.Destinations.Overlaps(r.Destination) && (r.Source is not { } s || a.Sources.Overlaps(s)))).Select(a => a.Priority).DefaultIfEmpty(int.MaxValue).Min();
        var after = taken.Count == 0 ? 10 : ((taken.Max() / 10) + 1) * 10;
        if (limit == int.MaxValue && after + (rules.Length * 10L) <= LastPriority)
        {
            return Enumerable.Range(0, rules.Length).Select(i => after + (i * 10)).ToArray();
        }

        var free = Enumerable.Range(1, Math.Min(limit - 1, LastPriority)).Where(p => !taken.Contains(p)).ToArray();
        return free.Length < rules.Length ? null : free.Skip(free.Length - rules.Length).ToArray();
    }

    private static Dictionary<string, object> Row(ClosingOptions options, Rule rule, bool six, string name, int priority)
    {
        var (source, destination) = six ? ("srcipv6", "destipv6") : ("srcip", "destip");
        var row = new Dictionary<string, object>(StringComparer.Ordinal) { [six ? "acl6name" : "aclname"] = name, [six ? "acl6action" : "aclaction"] = "DENY" };
        if (rule.Source is { } from)
        {
            row[source] = true;
            row[source + "val"] = from.ToString();
        }

        row[destination] = true;
        row[destination + "val"] = rule.Destination.ToString();
        if (rule.Protocol.Length > 0)
        {
            row["protocol"] = rule.Protocol;
            row["destport"] = true;
            row["destportval"] = rule.Ports;
        }

        row["priority"] = priority.ToString(CultureInfo.InvariantCulture);
        if (rule.TrafficDomain != "0")
        {
            row["td"] = rule.TrafficDomain;
        }

        if (options.ExpiresAfter is { } time)
        {
            row["ttl"] = ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return row;
    }

    private static void CarryAlong(PlanDraft draft)
    {
        if (draft.Inventory.PendingAccessLists is not { Count: > 0 } pending || draft.Steps.Count == 0)
        {
            return;
        }

        var names = PlanDraft.Names(pending);
        if (draft.Options.Force)
        {
            draft.Warnings.Add($"Access lists of others that are not applied yet come into force with ours: {names}.");
        }
        else
        {
            draft.Refuse("ForeignAccessListsPending", $"Somebody changed access lists of '{draft.Inventory.Gateway}' and did not apply them: {names}. Applying ours would put theirs into force.", "Ask who it was. Carry them along with -Force, or close with -Method VirtualServer.");
        }
    }

    private sealed record Rule(AddressRange? Source, AddressRange Destination, string TrafficDomain, string Protocol, string Ports);
}
