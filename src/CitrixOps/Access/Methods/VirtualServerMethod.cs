using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access.Methods;

/// <summary>Disables virtual servers, one request per kind and partition. Only those that are enabled: they are what is enabled again.</summary>
internal sealed class VirtualServerMethod : IIsolationMethod
{
    public IsolationMethod Method => IsolationMethod.VirtualServer;

    public void Plan(PlanDraft draft)
    {
        Disable(draft, draft.Targets);
        AllowanceNotKept(draft, "disabled virtual servers answer nobody");
        var backups = draft.Targets.Where(t => t.Server.Backup.Length > 0).ToArray();
        if (backups.Length > 0)
        {
            draft.Warnings.Add($"A backup takes over where it is not closed itself: {PlanDraft.Names(backups.Select(t => $"{t.Server.Shown} has {Investigation.SafeText.FromText(t.Server.Backup, 127)}"))}.");
        }

        ManagementStays(draft);
    }

    public static void Disable(PlanDraft draft, IEnumerable<(PartitionView Partition, VirtualServerView Server)> targets)
    {
        foreach (var kind in targets.GroupBy(t => (t.Partition.Name, t.Server.Type)))
        {
            var names = kind.Select(t => t.Server).ToArray();
            draft.Add(ChangeVerb.Disable, kind.Key.Type, kind.Key.Name, FormattableString.Invariant($"Disable {names.Length:N0} {Word(names[0].Kind)}: {PlanDraft.Names(names.Select(n => n.Shown))}"), names.Select(n => new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = n.Name }));
        }
    }

    public static void AllowanceNotKept(PlanDraft draft, string why)
    {
        if (!draft.Options.Allowed.IsEmpty && draft.Targets.Count > 0)
        {
            draft.Warnings.Add($"{draft.Options.Allowed} cannot stay in: {why}. Inside is closed too.");
        }
    }

    public static void ManagementStays(PlanDraft draft) => draft.StillOpen.AddRange(draft.Inventory.Partitions.SelectMany(p => p.Addresses).Where(a => a.HasManagement && !a.IsDisabled && !draft.Options.Networks.IsInside(a.Address, out _))
        .Select(a => $"Management {a.Address}: only access lists close it; or take management off the address"));

    private static string Word(AccessKind kind) => kind switch
    {
        AccessKind.Vpn => "gateways",
        AccessKind.Authentication => "authentication virtual servers",
        AccessKind.ContentSwitching => "content switches",
        AccessKind.CacheRedirection => "cache redirection virtual servers",
        _ => "load balancing virtual servers",
    };
}
