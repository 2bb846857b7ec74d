namespace CitrixOps.Indicators.Matching;

/// <summary>Compares with another field of the same record, ignoring ASCII case.</summary>
internal sealed class FieldReferenceTest : ValueTest
{
    private readonly string _field;
    private readonly TextTest.Place _place;
    private readonly bool _cased;

    public FieldReferenceTest(string field, TextTest.Place place, bool cased)
    {
        _field = field;
        _place = place;
        _cased = cased;
    }

    public override bool Passes(string? value, IFieldSource source) =>
        source.Field(_field) is { } other && value is not null && new TextTest(other, _place, _cased).Passes(value, source);
}
