using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access.Planning;

/// <summary>A plan while it is being made: what has to be closed, and what a method has said about it.</summary>
internal sealed class PlanDraft
{
    private readonly List<ReceiptStep> _steps = new();

    public PlanDraft(AccessInventory inventory, ClosingOptions options)
    {
        Inventory = inventory;
        Options = options;
        Targets = inventory.Partitions.SelectMany(p => p.VirtualServers.Where(v => IsOpen(p, v)).Select(v => (p, v))).ToArray();
    }

    public AccessInventory Inventory { get; }

    public ClosingOptions Options { get; }

    /// <summary>Virtual servers that somebody from outside the allowed networks can reach, or could once they are up.</summary>
    public IReadOnlyList<(PartitionView Partition, VirtualServerView Server)> Targets { get; }

    public List<string> Warnings { get; } = new();

    public List<string> StillOpen { get; } = new();

    public IReadOnlyList<ReceiptStep> Steps => _steps;

    public Problem? Refusal { get; set; }

    public void Add(ChangeVerb verb, string type, string partition, string title, IEnumerable<IReadOnlyDictionary<string, object>>? objects = null) => _steps.Add(new ReceiptStep
    {
        Number = _steps.Count + 1,
        Verb = verb,
        Type = type,
        Partition = partition,
        Title = title + (partition == "default" ? "" : $" in partition {Investigation.SafeText.FromText(partition, 60)}"),
        Objects = objects?.ToArray() ?? Array.Empty<IReadOnlyDictionary<string, object>>(),
    });

    public void Refuse(string id, string message, string recommendation) => Refusal ??= new Problem(id, ErrorKind.NotSupported, message, Inventory.Gateway, recommendation);

    /// <summary>Takes back what a method drafted, for another one to try.</summary>
    public void Clear()
    {
        _steps.Clear();
        Warnings.Clear();
        StillOpen.Clear();
        Refusal = null;
    }

    public static string Names(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return string.Join(", ", all.Take(8)) + (all.Length > 8 ? FormattableString.Invariant($" and {all.Length - 8:N0} more") : "");
    }

    private bool IsOpen(PartitionView partition, VirtualServerView server)
    {
        if (server.IsDisabled || WaysIn.Scope(server, partition, Options.Networks).Scope != AccessScope.External)
        {
            return false;
        }

        var closed = server.Addresses.All(a => partition.Addresses.Any(v => v.Address.Equals(a) && v.IsDisabled));
        return !closed && !WaysIn.Reach(partition.Acls.Where(a => a.IsApplied), server).Except(Options.Allowed).IsEmpty;
    }
}
