using System.Collections.Generic;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>A virtual server with the addresses it listens on.</summary>
internal sealed record VirtualServer(string Type, Row Row, string Partition, IReadOnlyList<string> Addresses, bool IsUdp)
{
    public string Name => Row.Text("name")!;
}
