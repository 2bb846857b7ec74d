namespace CitrixOps.KillMatrix;

/// <summary>Where an updating process is killed.</summary>
/// <param name="Node">The node that gets the request: 0 is primary at first.</param>
/// <param name="Type">The resource type of the request.</param>
/// <param name="Executed">False to kill when the request arrives; true when it was executed and the answer is lost.</param>
public sealed record UpdatePoint(int Node, string Type, bool Executed);
