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

    /// <summary>Reads a number: digits, with a sign and a decimal point where it has them.</summary>
    public static bool TryNumber(string? text, out decimal number)
    {
        number = 0;
        return text is { Length: <= 28 } && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }

    public override bool Passes(string? value, IFieldSource source) => TryNumber(value, out var number) && _operator switch
    {
        "lt" => number < _number,
        "lte" => number <= _number,
        "gt" => number > _number,
        _ => number >= _number,
    };
}
