namespace CitrixOps.Indicators.Matching;

/// <summary>Passes when the field is there and empty.</summary>
internal sealed class EmptyTest : ValueTest
{
    public override bool Passes(string? value, IFieldSource source) => value is { Length: 0 };
}
