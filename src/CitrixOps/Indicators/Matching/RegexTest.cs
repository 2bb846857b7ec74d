using System.Text.RegularExpressions;

namespace CitrixOps.Indicators.Matching;

/// <summary>Searches a linear-time regular expression.</summary>
internal sealed class RegexTest : ValueTest
{
    private readonly Regex _expression;

    public RegexTest(Regex expression) => _expression = expression;

    public override bool Passes(string? value, IFieldSource source) => value is not null && _expression.IsMatch(value);
}
