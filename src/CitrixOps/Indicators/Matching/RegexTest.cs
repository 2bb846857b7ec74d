using System.Collections.Generic;
using CitrixOps.Indicators.Matching.Expressions;

namespace CitrixOps.Indicators.Matching;

/// <summary>Searches a linear-time regular expression.</summary>
internal sealed class RegexTest : ValueTest
{
    private readonly LinearExpression _expression;

    public RegexTest(LinearExpression expression) => _expression = expression;

    public override IReadOnlyList<string>? Witness => _expression.Witness;

    public override bool Passes(string? value, IFieldSource source) => value is not null && _expression.IsMatch(value);
}
