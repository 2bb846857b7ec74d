using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;
using CitrixOps.Indicators.Matching.Expressions;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Turns one value of a detection and its modifiers into a test. What cannot be done as written refuses the rule.</summary>
internal sealed class ValueReader
{
    private readonly Modifiers _modifiers;
    private readonly Placeholders _placeholders;
    private readonly FieldNames _names;

    public ValueReader(Modifiers modifiers, Placeholders placeholders, FieldNames names)
    {
        _modifiers = modifiers;
        _placeholders = placeholders;
        _names = names;
    }

    /// <summary>True when every value of a list must pass instead of one.</summary>
    public bool All => _modifiers.Has("all");

    /// <summary>True when the test must fail.</summary>
    public bool Negated => _modifiers.Has("neq");

    /// <summary>The test of a value; several when the modifiers make variants of it, of which one must pass.</summary>
    public IReadOnlyList<ValueTest> Read(YamlNode node)
    {
        if (node is not YamlScalar value)
        {
            throw new RuleException("a value must be text or a number", node);
        }

        return _modifiers.Has("expand") ? _placeholders.Expand(value).SelectMany(One).ToArray() : One(value);
    }

    private IReadOnlyList<ValueTest> One(YamlScalar value)
    {
        if (_modifiers.Has("exists"))
        {
            return new ValueTest[] { new AbsentTest(absent: !Truth(value)) };
        }

        if (_modifiers.Has("re"))
        {
            return new ValueTest[] { Expression(value) };
        }

        if (_modifiers.Has("cidr"))
        {
            return new ValueTest[] { CidrTest.Parse(value.Text) ?? throw new RuleException($"'{value.Text}' is no network", value) };
        }

        if (_modifiers.Has("fieldref"))
        {
            return new ValueTest[] { new FieldReferenceTest(_names.Of(value.Text, absence: true)[0], Place, _modifiers.Has("cased"), _modifiers.Comparison) };
        }

        if (_modifiers.Comparison is { } comparison)
        {
            return CompareTest.TryNumber(value.Text, out var number)
                ? new ValueTest[] { new CompareTest(number, comparison) }
                : throw new RuleException($"'{value.Text}' is no number", value);
        }

        if ((value.IsNull || value.Text.Length == 0) && _modifiers.ForText is { } textual)
        {
            throw new RuleException(value.IsNull ? $"'null' is an absent field, which has no text for '{textual}'; quote it when the word is meant" : $"an empty text cannot be used with '{textual}'", value);
        }

        return value.IsNull ? new ValueTest[] { new AbsentTest(absent: true) } : value.Text.Length == 0 ? new ValueTest[] { new EmptyTest() } : Text(value).ToArray();
    }

    private TextTest.Place Place => _modifiers.Has("contains") || (_modifiers.Field.Length == 0 && !_modifiers.Has("startswith") && !_modifiers.Has("endswith")) ? TextTest.Place.Anywhere
        : _modifiers.Has("startswith") ? TextTest.Place.Start : _modifiers.Has("endswith") ? TextTest.Place.End : TextTest.Place.Whole;

    private IEnumerable<ValueTest> Text(YamlScalar value)
    {
        foreach (var variant in _modifiers.Has("windash") ? TextForms.Dashes(value.Text).Distinct() : new[] { value.Text })
        {
            if (_modifiers.Encodes)
            {
                foreach (var text in TextForms.Encoded(Plain(variant, value), _modifiers))
                {
                    if (text.Length < 2)
                    {
                        throw new RuleException("the value is too short: of so little nothing is left that does not depend on its neighbours", value);
                    }

                    yield return new TextTest(text, Place, cased: true);
                }

                continue;
            }

            var pattern = TextForms.Unescape(variant, out var hasWildcard);
            if (!hasWildcard)
            {
                yield return new TextTest(pattern, Place, _modifiers.Has("cased"));
                continue;
            }

            var before = Place is TextTest.Place.Anywhere or TextTest.Place.End ? WildcardTest.Star.ToString() : "";
            var after = Place is TextTest.Place.Anywhere or TextTest.Place.Start ? WildcardTest.Star.ToString() : "";
            yield return new WildcardTest(before + pattern + after, _modifiers.Has("cased"));
        }
    }

    private RegexTest Expression(YamlScalar value)
    {
        try
        {
            return new RegexTest(new LinearExpression(value.Text, _modifiers.Has("i"), _modifiers.Has("m"), _modifiers.Has("s")));
        }
        catch (FormatException e)
        {
            throw new RuleException("the expression cannot be used: " + e.Message, value);
        }
    }

    // what is encoded cannot hold wildcards: their meaning would be lost
    private static string Plain(string text, YamlScalar value)
    {
        TextForms.Unescape(text, out var hasWildcard);
        return hasWildcard ? throw new RuleException("a value that is encoded cannot hold wildcards; escape them with a backslash", value)
            : text.Replace("\\*", "*").Replace("\\?", "?").Replace("\\\\", "\\");
    }

    private static bool Truth(YamlScalar value) => value.Text is "true" or "True" or "TRUE" or "yes"
        || (value.Text is "false" or "False" or "FALSE" or "no" ? false : throw new RuleException("'exists' takes true or false", value));
}
