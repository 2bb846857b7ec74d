using System.Collections.Generic;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>What resource types do that the schema does not tell. Null means: as every type does.</summary>
internal interface ISpecialType
{
    /// <summary>The types.</summary>
    IEnumerable<string> Types { get; }

    /// <summary>The rows of a GET.</summary>
    IReadOnlyList<Row>? Read(CommandContext context) => null;

    /// <summary>A GET whose answer is an object, not rows.</summary>
    NitroReply? Show(CommandContext context) => null;

    /// <summary>A write.</summary>
    NitroReply? Run(CommandContext context) => null;

    /// <summary>Called after the generic write.</summary>
    void After(CommandContext context)
    {
    }

    /// <summary>Adds what only a read shows.</summary>
    void Complete(CommandContext context, Row row)
    {
    }
}
