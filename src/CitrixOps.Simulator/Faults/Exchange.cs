namespace CitrixOps.Simulator.Faults;

/// <summary>A request that a node has executed or refused.</summary>
/// <param name="Node">The node, from 0.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Type">The resource type.</param>
/// <param name="Action">The action, or empty.</param>
/// <param name="Objects">How many objects it carried.</param>
public sealed record Exchange(int Node, string Method, string Type, string Action, int Objects)
{
    /// <summary>True where it changes something; login and logout do not.</summary>
    public bool IsWrite => Method != "GET" && Type is not ("login" or "logout");
}
