using System.Collections.Generic;
using CitrixOps.Appliances.Nitro;

namespace CitrixOps.Appliances.Live;

/// <summary>A change that was made.</summary>
/// <param name="Node">Where.</param>
/// <param name="Warning">What the appliance warned of, or null.</param>
/// <param name="Confirmed">True where no answer came and looking showed that it was done.</param>
/// <param name="Propagated">False where the primary did it and the secondary did not take it: the nodes differ.</param>
/// <param name="Reply">The answer, or null where none came.</param>
public sealed record WriteResult(GatewayNode Node, string? Warning, bool Confirmed, bool Propagated, NitroReply? Reply)
{
    // executed on the primary, not on the secondary
    internal static IReadOnlyList<int> NotPropagatedCodes { get; } = new[] { 347, 349, 457, 458 };
}
