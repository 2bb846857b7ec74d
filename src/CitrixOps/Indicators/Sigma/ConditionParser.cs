using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Sigma;

/// <summary>
/// Reads Sigma's condition language: <c>and or not ( ) 1 of x* all of x* 1 of them all of them</c>, weakest binding first: or, and,
/// not, of.
/// </summary>
internal sealed class ConditionParser
{
    private const int Deepest = 64;

    private readonly IReadOnlyDictionary<string, Condition> _selections;
    private readonly YamlScalar _source;
    private readonly List<string> _tokens;
    private int _position;
    private int _depth;

    private ConditionParser(YamlScalar source, IReadOnlyDictionary<string, Condition> selections)
    {
        _source = source;
        _selections = selections;
        _tokens = source.Text.Replace("(", " ( ").Replace(")", " ) ").Split(new[] { ' ', '\t', '\n', '\r' }, StringSplitOptions.RemoveEmptyEntries).ToList();
    }

    /// <summary>Reads a condition.</summary>
    public static Condition Parse(YamlScalar source, IReadOnlyDictionary<string, Condition> selections)
    {
        if (source.Text.IndexOf('|') >= 0)
        {
            throw new RuleException("condition: aggregations ('| count() ...') are no part of Sigma any more: write a correlation", source);
        }

        var parser = new ConditionParser(source, selections);
        var condition = parser.Or();
        return parser._position == parser._tokens.Count ? condition : throw parser.Error($"'{parser._tokens[parser._position]}' is not expected here");
    }

    private Condition Or()
    {
        var parts = new List<Condition> { And() };
        while (Take("or"))
        {
            parts.Add(And());
        }

        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private Condition And()
    {
        var parts = new List<Condition> { Unary() };
        while (Take("and"))
        {
            parts.Add(Unary());
        }

        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private Condition Unary()
    {
        if (++_depth > Deepest)
        {
            throw Error("nested too deeply");
        }

        try
        {
            if (Take("not"))
            {
                return new Not(Unary());
            }

            if (Take("("))
            {
                var inner = Or();
                return Take(")") ? inner : throw Error("a closing parenthesis is missing");
            }

            return Operand();
        }
        finally
        {
            _depth--;
        }
    }

    private Condition Operand()
    {
        var word = Next();
        if (_position < _tokens.Count && Is(_tokens[_position], "of"))
        {
            if (word is not ("1" or "any") && !Is(word, "all"))
            {
                throw Error($"'{word} of' is not supported: only '1 of', 'any of' and 'all of' are");
            }

            _position++;
            var chosen = Choose(Next());
            return Is(word, "all") ? new AllOf(chosen) : new AnyOf(chosen);
        }

        return _selections.TryGetValue(word, out var selection) ? selection : throw Error($"there is no selection '{word}'");
    }

    private List<Condition> Choose(string pattern)
    {
        var chosen = Is(pattern, "them")
            ? _selections.Where(s => s.Key[0] != '_').Select(s => s.Value).ToList()
            : _selections.Where(s => new WildcardTest(pattern.Replace('*', WildcardTest.Star), cased: true).Passes(s.Key, null!)).Select(s => s.Value).ToList();
        return chosen.Count > 0 ? chosen : throw Error($"no selection is called '{pattern}'");
    }

    private bool Take(string word)
    {
        if (_position >= _tokens.Count || !Is(_tokens[_position], word))
        {
            return false;
        }

        _position++;
        return true;
    }

    private string Next() => _position < _tokens.Count ? _tokens[_position++] : throw Error("the condition ends early");

    private RuleException Error(string message) => new("condition: " + message, _source);

    private static bool Is(string token, string word) => string.Equals(token, word, StringComparison.OrdinalIgnoreCase);
}
