namespace CitrixOps.Indicators.Matching;

/// <summary>Compares with another field of the same record: its text, ignoring ASCII case, or its number.</summary>
internal sealed class FieldReferenceTest : ValueTest
{
    private readonly string _field;
    private readonly TextTest.Place _place;
    private readonly bool _cased;
    private readonly string? _comparison;

    public FieldReferenceTest(string field, TextTest.Place place, bool cased, string? comparison)
    {
        _field = field;
        _place = place;
        _cased = cased;
        _comparison = comparison;
    }

    public override bool Passes(string? value, IFieldSource source) => source.Field(_field) is { } other && value is not null
        && (_comparison is null ? new TextTest(other, _place, _cased).Passes(value, source) : CompareTest.TryNumber(other, out var number) && new CompareTest(number, _comparison).Passes(value, source));
}
