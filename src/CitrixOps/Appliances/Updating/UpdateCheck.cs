namespace CitrixOps.Appliances.Updating;

/// <summary>One check before an update.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="State">How it came out.</param>
/// <param name="Text">What was found.</param>
public sealed record UpdateCheck(string Name, UpdateCheckState State, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Name}: {Text}";
}
