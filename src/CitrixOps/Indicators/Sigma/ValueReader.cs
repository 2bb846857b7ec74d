using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Indicators.Matching;
using CitrixOps.Indicators.Matching.Expressions;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Turns one value of a detection and its modifiers into a test. An unknown or contradicting modifier refuses the rule.</summary>
internal sealed class ValueReader
{
    private static readonly string[] Known =
    {
        "contains", "startswith", "endswith", "all", "cased", "re", "i", "m", "s", "cidr", "exists", "fieldref", "neq", "lt", "lte", "gt", "gte",
        "base64", "base64offset", "utf16le", "utf16be", "utf16", "wide", "windash",
    };

    private readonly HashSet<string> _modifiers;
    private readonly YamlScalar _key;

    public ValueReader(IEnumerable<string> modifiers, YamlScalar key)
    {
        _key = key;
        _modifiers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var modifier in modifiers)
        {
            if (modifier == "expand")
            {
                throw new RuleException("the modifier 'expand' needs placeholders that are not configured", key);
            }

            if (Array.IndexOf(Known, modifier) < 0 || !_modifiers.Add(modifier))
            {
                throw new RuleException($"the modifier '{modifier}' is unknown or stands twice", key);
            }
        }

        if (Placements > 1 || ((Has("i") || Has("m") || Has("s")) && !Has("re")))
        {
            throw new RuleException("the modifiers contradict each other", key);
        }
    }

    /// <summary>True when every value of a list must pass instead of one.</summary>
    public bool All => Has("all");

    /// <summary>True when the test must fail.</summary>
    public bool Negated => Has("neq");

    private int Placements => new[] { "contains", "startswith", "endswith", "re", "cidr", "exists", "lt", "lte", "gt", "gte" }.Count(Has);

    /// <summary>The test of a value; several when the modifiers make variants of it.</summary>
    public IReadOnlyList<ValueTest> Read(YamlNode node)
    {
        if (node is not YamlScalar value)
        {
            throw new RuleException("a value must be text or a number", node);
        }

        if (Has("exists"))
        {
            return new ValueTest[] { new AbsentTest(absent: !Truth(value)) };
        }

        if (Has("re"))
        {
            return new ValueTest[] { Expression(value) };
        }

        if (Has("cidr"))
        {
            return new ValueTest[] { CidrTest.Parse(value.Text) ?? throw new RuleException($"'{value.Text}' is no network", value) };
        }

        if (Has("fieldref"))
        {
            return new ValueTest[] { new FieldReferenceTest(value.Text, Place, Has("cased")) };
        }

        foreach (var comparison in new[] { "lt", "lte", "gt", "gte" })
        {
            if (Has(comparison))
            {
                return decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? new ValueTest[] { new CompareTest(number, comparison) }
                    : throw new RuleException($"'{value.Text}' is no number", value);
            }
        }

        if (value.IsNull)
        {
            return new ValueTest[] { new AbsentTest(absent: true) };
        }

        if (value.Text.Length == 0)
        {
            return new ValueTest[] { new EmptyTest() };
        }

        return Text(value).ToArray();
    }

    private TextTest.Place Place => Has("contains") ? TextTest.Place.Anywhere : Has("startswith") ? TextTest.Place.Start : Has("endswith") ? TextTest.Place.End : TextTest.Place.Whole;

    private bool Has(string modifier) => _modifiers.Contains(modifier);

    private IEnumerable<ValueTest> Text(YamlScalar value)
    {
        if (Has("base64") || Has("base64offset") || Has("utf16le") || Has("utf16be") || Has("utf16") || Has("wide"))
        {
            var encoding = Has("utf16be") ? Encoding.BigEndianUnicode : Has("utf16le") || Has("utf16") || Has("wide") ? Encoding.Unicode : Encoding.UTF8;
            foreach (var text in Base64((Has("utf16") ? encoding.GetPreamble() : Array.Empty<byte>()).Concat(encoding.GetBytes(Plain(value))).ToArray()))
            {
                yield return new TextTest(text, Place, cased: true);
            }

            yield break;
        }

        foreach (var variant in Has("windash") ? Dashes(value.Text) : new[] { value.Text })
        {
            var pattern = Unescape(variant, out var hasWildcard);
            if (!hasWildcard)
            {
                yield return new TextTest(pattern, Place, Has("cased"));
                continue;
            }

            var before = Place is TextTest.Place.Anywhere or TextTest.Place.End ? WildcardTest.Star.ToString() : "";
            var after = Place is TextTest.Place.Anywhere or TextTest.Place.Start ? WildcardTest.Star.ToString() : "";
            yield return new WildcardTest(before + pattern + after, Has("cased"));
        }
    }

    private RegexTest Expression(YamlScalar value)
    {
        try
        {
            return new RegexTest(new LinearExpression(value.Text, Has("i"), Has("m"), Has("s")));
        }
        catch (FormatException e)
        {
            throw new RuleException("the expression cannot be used: " + e.Message, value);
        }
    }

    // base64 of the text at each of the three places it can have in a longer text; only the part that does not depend on its neighbours
    private IEnumerable<string> Base64(byte[] bytes)
    {
        if (!Has("base64offset"))
        {
            yield return Has("base64") ? Convert.ToBase64String(bytes) : Encoding.GetEncoding(28591).GetString(bytes);
            yield break;
        }

        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String(new byte[offset].Concat(bytes).ToArray());
            var start = offset == 0 ? 0 : offset + 1;
            var end = ((offset + bytes.Length) % 3) switch { 1 => 3, 2 => 2, _ => 0 };
            yield return text.Substring(start, text.Length - start - end);
        }
    }

    // what is encoded cannot hold wildcards: their meaning would be lost
    private static string Plain(YamlScalar value)
    {
        Unescape(value.Text, out var hasWildcard);
        return hasWildcard ? throw new RuleException("a value that is encoded cannot hold wildcards; escape them with a backslash", value)
            : value.Text.Replace("\\*", "*").Replace("\\?", "?").Replace("\\\\", "\\");
    }

    // -a /a and the dashes that Windows takes for one, where an option begins
    private static IEnumerable<string> Dashes(string text)
    {
        foreach (var dash in new[] { '-', '/', '\u2013', '\u2014', '\u2015' })
        {
            var variant = text.ToCharArray();
            for (var i = 0; i + 1 < variant.Length; i++)
            {
                if (text[i] is '-' or '/' && ExpressionParser.IsWord(text[i + 1]) && (i == 0 || !ExpressionParser.IsWord(text[i - 1])))
                {
                    variant[i] = dash;
                }
            }

            yield return new string(variant);
        }
    }

    // a backslash escapes * ? and itself; before anything else it is a backslash
    private static string Unescape(string text, out bool hasWildcard)
    {
        hasWildcard = false;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '\\')
            {
                result.Append(Latin1(text[++i].ToString()));
            }
            else if (text[i] is '*' or '?')
            {
                hasWildcard = true;
                result.Append(text[i] == '*' ? WildcardTest.Star : WildcardTest.One);
            }
            else
            {
                result.Append(text[i] < 0x80 ? text[i].ToString() : Latin1(text[i].ToString()));
            }
        }

        return result.ToString();
    }

    // records are one character per byte: so are the literals
    private static string Latin1(string text) => text.All(c => c < 0x80) ? text : Encoding.GetEncoding(28591).GetString(Encoding.UTF8.GetBytes(text));

    private static bool Truth(YamlScalar value) => value.Text is "true" or "True" or "TRUE" or "yes"
        || (value.Text is "false" or "False" or "FALSE" or "no" ? false : throw new RuleException("'exists' takes true or false", value));
}
