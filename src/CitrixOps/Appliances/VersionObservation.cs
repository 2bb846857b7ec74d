namespace CitrixOps.Appliances;

/// <summary>One statement about a build, and where it was read.</summary>
/// <param name="Text">The version text as written, for example <c>NS13.1: Build 59.22.nc</c>.</param>
/// <param name="Role">What the statement is about.</param>
/// <param name="Source">Where it was read, for example <c>nsconfig/ns.conf</c> or <c>shell/showcmds.txt</c>.</param>
public sealed record VersionObservation(string Text, VersionRole Role, string Source);
