using System;
using System.Linq;
using System.Net;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Receipts;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Planning;

/// <summary>
/// Refuses a plan after which the caller could not reach the management address any more, counting lists of others that an apply would put
/// into force, and one that ends the session the caller works through.
/// </summary>
internal static class LockOut
{
    public static void Check(PlanDraft draft)
    {
        if (draft.Steps.Any(s => s.Verb == ChangeVerb.Apply))
        {
            AccessLists(draft);
        }

        Sessions(draft);
        Page(draft);
    }

    private static void AccessLists(PlanDraft draft)
    {
        var home = draft.Inventory.Partitions.FirstOrDefault();
        var ours = draft.Steps.Where(s => s.Verb == ChangeVerb.Add && s.Type is "nsacl" or "nsacl6" && s.Partition == home?.Name).SelectMany(s => s.Objects.Select(o => AclView.Of(JObject.FromObject(o), s.Type == "nsacl6"))).ToArray();
        var after = home!.Acls.Where(a => a.State != "DISABLED").Concat(ours).ToArray();
        foreach (var address in draft.Inventory.Management)
        {
            var cut = draft.Inventory.Caller.Where(c => c.AddressFamily == address.AddressFamily && !AclReach.Sources(after, AddressRange.Of(address), draft.Inventory.ManagementPort, udp: false).Contains(c)).ToArray();
            if (cut.Length > 0)
            {
                draft.Refuse("WouldLockOut", $"After this {string.Join(", ", cut.Select(c => c.ToString()))} could not reach the management address {address} of '{draft.Inventory.Gateway}' any more.", "Work from another address, or mend the access lists on the appliance first.");
            }
        }
    }

    private static void Sessions(PlanDraft draft)
    {
        if (draft.Options.Force || draft.Inventory.Sessions is not { } sessions || !draft.Steps.Any())
        {
            return;
        }

        var through = sessions.Sessions.Where(s => draft.Inventory.Caller.Any(c => c.ToString() is var own && !IPAddress.IsLoopback(c) && (s.IntranetAddress == own || (s.DestinationAddress == own && s.Kind != Access.Sessions.UserSessionKind.Aaa)))).ToArray();
        if (through.Length > 0)
        {
            draft.Refuse("WouldCutOff", $"You seem to work through '{draft.Inventory.Gateway}' itself: {through[0].UserName} reaches {string.Join(", ", draft.Inventory.Caller.Select(c => c.ToString()))} over it. Closing would cut you off.", "Work from a machine inside. With -Force it is done all the same.");
        }
    }

    private static void Page(PlanDraft draft)
    {
        if (draft.Options.MaintenanceVip is { } vip && draft.Inventory.Partitions.Any(p => p.Addresses.Any(a => a.Address.Equals(vip)) || p.VirtualServers.Any(v => v.Addresses.Contains(vip))))
        {
            draft.Refuse("MaintenanceVipTaken", $"{vip} is in use on '{draft.Inventory.Gateway}'.", "Give an address that nothing else has.");
        }
    }
}
