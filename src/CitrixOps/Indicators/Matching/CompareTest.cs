using System.Globalization;

namespace CitrixOps.Indicators.Matching;

/// <summary>Compares numbers. A value that is no number passes nothing.</summary>
internal sealed class CompareTest : ValueTest
{
    private readonly decimal _number;
    private readonly string _operator;

    public CompareTest(decimal number, string @operator)
    {
        _number = number;
        _operator = @operator;
    }

    public override bool Passes(string? value, IFieldSource source)
    {
        if (value is null || value.Length > 28 || !decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        return _operator switch
        {
            "lt" => number < _number,
            "lte" => number <= _number,
            "gt" => number > _number,
            _ => number >= _number,
        };
    }
}
