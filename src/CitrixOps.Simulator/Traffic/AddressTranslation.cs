using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace CitrixOps.Simulator.Traffic;

/// <summary>A device in front of the gateway that hides clients behind one address.</summary>
/// <param name="To">The address they all get.</param>
/// <param name="For">Whom it hides; empty for everybody of the same family.</param>
internal sealed record AddressTranslation(IPAddress To, IReadOnlyList<AddressRange> For)
{
    /// <summary>The address the gateway sees.</summary>
    public IPAddress Of(IPAddress source) =>
        source.AddressFamily == To.AddressFamily && (For.Count == 0 || For.Any(r => r.Contains(source))) ? To : source;
}
