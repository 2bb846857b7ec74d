using System;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Methods;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access.Planning;

/// <summary>Plans a closing. Pure: the same inventory and options give the same plan, and nothing is asked or changed.</summary>
public static class AccessPlanner
{
    /// <summary>Plans.</summary>
    /// <param name="inventory">What there is.</param>
    /// <param name="options">What is wanted.</param>
    /// <exception cref="CitrixOpsException">The options contradict each other.</exception>
    public static AccessPlan Plan(AccessInventory inventory, ClosingOptions options)
    {
        _ = inventory ?? throw new ArgumentNullException(nameof(inventory));
        Check(options ?? throw new ArgumentNullException(nameof(options)));
        var draft = new PlanDraft(inventory, options);
        var (method, reason) = MethodChoice.Of(draft);
        IsolationMethods.Of(method).Plan(draft);
        if (options.Method == IsolationMethod.Auto && draft.Refusal?.Id == "NoRoomForAccessLists")
        {
            (method, reason) = (IsolationMethod.VirtualServer, "access lists of others let people in and leave no room before them");
            draft.Clear();
            IsolationMethods.Of(method).Plan(draft);
        }

        MethodChoice.CheckTranslation(draft, method);
        Limits(draft, method);
        if (draft.Steps.Count > 0)
        {
            Rest(draft);
        }

        LockOut.Check(draft);
        return new AccessPlan
        {
            Gateway = inventory.Gateway,
            Method = method,
            MethodReason = reason,
            Steps = draft.Steps,
            Closes = WaysIn.Of(inventory, options.Networks).Where(w => w.IsOpen == true && w.Scope == AccessScope.External).ToArray(),
            StillOpen = draft.StillOpen,
            Warnings = inventory.Problems.Select(p => p.Message).Concat(draft.Warnings).ToArray(),
            Refusal = draft.Refusal,
        };
    }

    /// <summary>Refuses options that contradict each other.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="CitrixOpsException"><c>ExpiryNotPossible</c>, <c>ExpiryNotUsable</c>, <c>MaintenancePageNotPossible</c>, <c>MaintenanceVipNotUsable</c>, <c>MaintenancePageNotUsable</c>.</exception>
    public static void Check(ClosingOptions options)
    {
        _ = options ?? throw new ArgumentNullException(nameof(options));
        if (options.ExpiresAfter is { } time)
        {
            if (options.Method != IsolationMethod.Acl || options.Save)
            {
                throw Contradiction("ExpiryNotPossible", "-ExpiresAfter is for trials with -Method Acl and without -Save: only access lists go by themselves, and what is saved would not.", "Leave one of them out.");
            }

            if (time.TotalSeconds < 4 || time.TotalSeconds > int.MaxValue || time.Ticks % (4 * TimeSpan.TicksPerSecond) != 0)
            {
                throw Contradiction("ExpiryNotUsable", "-ExpiresAfter has to be a multiple of 4 seconds.", "Give 00:10:00, for example.");
            }
        }

        if (options.MaintenancePage.Length > 0 && options.MaintenanceVip is null && options.Method != IsolationMethod.Responder)
        {
            throw Contradiction("MaintenancePageNotPossible", "A page can be answered with -Method Responder only: the other methods drop what arrives.", "Give an address of its own with -MaintenanceVip, or take -Method Responder, which leaves TLS and HTTP exposed.");
        }

        if (options.MaintenanceVip is not null && options.MaintenancePage.Length == 0)
        {
            throw Contradiction("MaintenanceVipNotUsable", "-MaintenanceVip needs the page that it shows.", "Give it with -MaintenancePage.");
        }

        NoticePage.Check(options.MaintenancePage);
    }

    private static void Limits(PlanDraft draft, IsolationMethod method)
    {
        var gslb = draft.Inventory.Partitions.SelectMany(p => p.VirtualServers).Where(v => v.Kind == AccessKind.Gslb && !v.IsDisabled).ToArray();
        if (gslb.Length > 0)
        {
            draft.Warnings.Add($"GSLB may send people to another site that is just as vulnerable: {PlanDraft.Names(gslb.Select(g => g.Shown))}. Close that one too.");
        }

        if (draft.Options.ExpiresAfter is { } time && method == IsolationMethod.Acl)
        {
            draft.Warnings.Add($"It opens by itself after {time}: for trials only.");
        }
        else if (!draft.Options.Save && draft.Steps.Count > 0)
        {
            draft.Warnings.Add("The closed state is not saved: a restart of the appliance reopens it. Save it with -Save.");
        }
    }

    private static void Rest(PlanDraft draft)
    {
        if (draft.Options.MaintenanceVip is { } vip)
        {
            NoticePage.OnOwnAddress(draft, vip);
        }

        if (!draft.Options.KeepSession)
        {
            var count = draft.Inventory.Sessions?.Sessions.Count;
            draft.Add(ChangeVerb.EndSessions, "", "default", count is { } n ? FormattableString.Invariant($"End users' sessions of all kinds ({n:N0} now)") : "End users' sessions of all kinds");
        }

        if (draft.Options.Save)
        {
            if (draft.Inventory.HasUnsavedChanges && !draft.Options.Force)
            {
                draft.Refuse("ForeignChangesUnsaved", $"'{draft.Inventory.Gateway}' has changes that somebody did not save: saving would make them last.", "Ask who it was. Carry them along with -Force, or leave out -Save.");
            }

            draft.Add(ChangeVerb.Save, "nsconfig", "default", "Save the configuration: a restart keeps it closed");
        }
        else if (draft.Inventory.HasUnsavedChanges)
        {
            draft.Warnings.Add("There are changes that somebody did not save. They are left as they are.");
        }
    }

    private static CitrixOpsException Contradiction(string id, string message, string recommendation) => new(new Problem(id, ErrorKind.InvalidArgument, message, null, recommendation));
}
