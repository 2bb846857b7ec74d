namespace CitrixOps.KillMatrix;

/// <summary>Where a process is killed.</summary>
/// <param name="Node">The node that is asked, from 0.</param>
/// <param name="Method">The HTTP method; empty for any.</param>
/// <param name="Type">The resource type; empty for any.</param>
/// <param name="Action">The action, or empty.</param>
/// <param name="After">How many such requests pass first.</param>
/// <param name="Moment">At which moment of it.</param>
/// <param name="Reopening">True in the reopening, false in the closing.</param>
public sealed record KillPoint(int Node, string Method, string Type, string Action, int After, KillMoment Moment, bool Reopening)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Reopening ? "reopening" : "closing")}, node {Node}, {(Type.Length == 0 ? "any request" : Method + " " + Type)}{(Action.Length > 0 ? "?action=" + Action : "")} after {After}, {Moment}";
}
