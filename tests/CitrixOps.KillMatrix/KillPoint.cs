namespace CitrixOps.KillMatrix;

/// <summary>Where a process is killed: at which request, and whether the appliance has executed it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Type">The resource type.</param>
/// <param name="Action">The action, or empty.</param>
/// <param name="Executed">False to kill when the request arrives; true when it was executed and the answer is lost.</param>
/// <param name="Reopening">True in the reopening, false in the closing.</param>
public sealed record KillPoint(string Method, string Type, string Action, bool Executed, bool Reopening);
