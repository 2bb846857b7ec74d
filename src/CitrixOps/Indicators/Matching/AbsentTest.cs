namespace CitrixOps.Indicators.Matching;

/// <summary>Passes when the field is absent (Sigma's null), or with <c>exists</c> when it is there or not.</summary>
internal sealed class AbsentTest : ValueTest
{
    private readonly bool _absent;

    public AbsentTest(bool absent) => _absent = absent;

    public override bool Passes(string? value, IFieldSource source) => value is null == _absent;
}
