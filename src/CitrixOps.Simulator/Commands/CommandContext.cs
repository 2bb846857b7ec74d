using System;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>One command on one node.</summary>
internal sealed class CommandContext
{
    public required Pair Pair { get; init; }

    public required Node Node { get; init; }

    public required AdminSession Session { get; init; }

    public required NitroRequest Request { get; init; }

    public required ResourceType Type { get; init; }

    /// <summary>add, update, delete, or the action in lower case.</summary>
    public string Operation { get; init; } = "get";

    /// <summary>The arguments of a write.</summary>
    public Row Arguments { get; init; } = new();

    /// <summary>True where the primary hands the command on.</summary>
    public bool Propagated { get; init; }

    public NitroError? Warning { get; set; }

    public string Partition => Session.Partition;

    public Store Store => Node.Running;

    /// <summary>The name in the path or, where there is none, in the arguments.</summary>
    public string? Name => Request.Name ?? (Type.NameField is { } key ? Arguments.Text(key) : null);

    public string? Argument(string name)
    {
        foreach (var (argument, value) in Request.Options.Arguments)
        {
            if (string.Equals(argument, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    public CommandContext On(Node other) => new() { Pair = Pair, Node = other, Session = Session, Request = Request, Type = Type, Operation = Operation, Arguments = Arguments, Propagated = true };
}
