using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>Random tests of one field with all modifiers, made from values that lines really hold, and what each means, by the framework's own means.</summary>
internal sealed class OracleValues(Random random)
{
    private static readonly string[] Encodings = ["base64", "base64offset", "wide|base64offset", "utf16le|base64offset", "utf16be|base64offset", "utf16|base64offset", "utf16|base64", "wide|base64"];

    /// <summary>A test of a field.</summary>
    /// <param name="field">The field, or an empty text for the line.</param>
    /// <param name="values">Values that it has in lines.</param>
    /// <param name="fields">Fields it may be compared with.</param>
    public OraclePart Of(string field, IReadOnlyList<string> values, IReadOnlyList<string> fields) => random.Next(field.Length == 0 ? 11 : 22) switch
    {
        < 8 => Texts(field, values),
        8 => Encoded(field, values),
        9 or 10 => Dashed(field, values),
        11 or 12 => Expression(field, values),
        13 => Exists(field),
        14 => Nothing(field),
        15 => Reference(field, fields),
        16 or 17 => Compared(field, values),
        18 => Network(field, values),
        _ => Texts(field, values),
    };

    public static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private string One(IReadOnlyList<string> values) => values.Count == 0 || random.Next(12) == 0 ? "nothing" : values[random.Next(values.Count)];

    // contains, startswith, endswith or whole; one value or several; with wildcards, with all, cased, negated
    private OraclePart Texts(string field, IReadOnlyList<string> values)
    {
        var place = field.Length == 0 ? "contains" : new[] { "contains", "contains", "startswith", "endswith", "" }[random.Next(5)];
        var cased = random.Next(4) == 0;
        var all = random.Next(5) == 0;
        var negated = random.Next(8) == 0;
        var chosen = Enumerable.Range(0, all ? 2 : 1 + random.Next(3)).Select(_ => Pattern(Piece(One(values), place))).ToArray();
        var key = field + (place.Length > 0 && field.Length > 0 ? "|" + place : "") + (cased ? "|cased" : "") + (all ? "|all" : "") + (negated ? "|neq" : "");
        var tests = chosen.Select(c => Glob(c.Pattern, place, cased)).ToArray();
        return Part(key, chosen.Select(c => c.Text).ToArray(), field, v => negated != (v is not null && (all ? tests.All(t => t.IsMatch(v)) : tests.Any(t => t.IsMatch(v)))));
    }

    private OraclePart Encoded(string field, IReadOnlyList<string> values)
    {
        var modifiers = Encodings[random.Next(Encodings.Length)];
        var plain = Ascii(Decoded(One(values)));
        plain = plain.Length > 4 ? plain.Substring(random.Next(plain.Length - 4), 4) : "curl";
        Encoding encoding = modifiers.Contains("utf16be", StringComparison.Ordinal) ? Encoding.BigEndianUnicode : modifiers.StartsWith("base", StringComparison.Ordinal) ? Encoding.ASCII : Encoding.Unicode;
        var bytes = (modifiers.StartsWith("utf16|", StringComparison.Ordinal) ? new byte[] { 0xff, 0xfe } : []).Concat(encoding.GetBytes(plain)).ToArray();
        var texts = modifiers.EndsWith("offset", StringComparison.Ordinal) ? Enumerable.Range(0, 3).Select(o => Middle(bytes, o)).ToArray() : [Convert.ToBase64String(bytes)];
        return Part(field + "|" + modifiers + (field.Length > 0 ? "|contains" : ""), [Escape(plain)], field, v => v is not null && texts.Any(t => v.Contains(t, StringComparison.Ordinal)));
    }

    // the part of the encoding that is the same whatever stands around: found by trying neighbours
    private static string Middle(byte[] bytes, int offset)
    {
        var all = new[] { (byte)0, (byte)0xff, (byte)0x55 }.Select(b => Convert.ToBase64String(Enumerable.Repeat(b, offset).Concat(bytes).Concat(Enumerable.Repeat(b, (6 - offset - (bytes.Length % 3)) % 3)).ToArray())).ToArray();
        var same = Enumerable.Range(0, all[0].Length).Where(i => all.All(a => a[i] == all[0][i])).ToArray();
        return all[0].Substring(same[0], same[^1] - same[0] + 1);
    }

    private OraclePart Dashed(string field, IReadOnlyList<string> values)
    {
        var text = One(values);
        var at = text.IndexOfAny(['-', '/']);
        text = Ascii(at < 0 ? "-x" : text[at..Math.Min(text.Length, at + 6)]);
        var variants = new[] { "-", "/", "\u2013", "\u2014", "\u2015" }.Select(d => Bytes(Regex.Replace(text, "(?<![A-Za-z0-9_])[-/](?=[A-Za-z0-9_])", d))).ToArray();
        return Part(field + "|windash" + (field.Length > 0 ? "|contains" : ""), [Escape(text)], field, v => v is not null && variants.Any(t => Lower(v).Contains(Lower(t), StringComparison.Ordinal)));
    }

    private OraclePart Expression(string field, IReadOnlyList<string> values)
    {
        var text = Ascii(Piece(One(values), "contains"));
        var pattern = string.Concat(text.Select(c => random.Next(12) switch { 0 => ".", 1 => "[^z]", 2 when char.IsAsciiDigit(c) => "[0-9]+", 3 => "(" + Regex.Escape(c.ToString()) + "|#)", 4 => Regex.Escape(c.ToString()) + "?", _ => Hard(c) }));
        pattern = random.Next(6) == 0 ? pattern + "|" + Hard(Ascii(Piece(One(values), "contains"))) : pattern;
        pattern = (random.Next(8) == 0 ? "^" : "") + pattern + (random.Next(8) == 0 ? "$" : "");
        var (key, options) = random.Next(4) switch { 0 => ("|re|i", RegexOptions.IgnoreCase), 1 => ("|re|m", RegexOptions.Multiline), 2 => ("|re|s", RegexOptions.Singleline), _ => ("|re", RegexOptions.None) };
        var regex = new Regex(pattern, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        return Part(field + key, [pattern], field, v => v is not null && regex.IsMatch(v));
    }

    private OraclePart Exists(string field)
    {
        var wanted = random.Next(2) == 0;
        return new OraclePart([$"{field}|exists: {(wanted ? "true" : "false")}"], (f, _) => f(field) is not null == wanted);
    }

    private OraclePart Nothing(string field) =>
        random.Next(3) == 0 ? new OraclePart([field + ": ''"], (f, _) => f(field) == "") : new OraclePart([field + ": null"], (f, _) => f(field) is null);

    private OraclePart Reference(string field, IReadOnlyList<string> fields)
    {
        var other = fields[random.Next(fields.Count)];
        var place = new[] { "", "contains", "startswith", "endswith" }[random.Next(4)];
        return new OraclePart([$"{field}|fieldref{(place.Length > 0 ? "|" + place : "")}: {other}"], (f, _) => f(field) is { } value && f(other) is { } reference && place switch
        {
            "" => Lower(value) == Lower(reference),
            "contains" => Lower(value).Contains(Lower(reference), StringComparison.Ordinal),
            "startswith" => Lower(value).StartsWith(Lower(reference), StringComparison.Ordinal),
            _ => Lower(value).EndsWith(Lower(reference), StringComparison.Ordinal),
        });
    }

    private OraclePart Compared(string field, IReadOnlyList<string> values)
    {
        var numbers = values.Where(v => v.Length < 10 && v.Length > 0 && v.All(char.IsAsciiDigit)).ToArray();
        var number = numbers.Length == 0 ? random.Next(500) : long.Parse(numbers[random.Next(numbers.Length)], CultureInfo.InvariantCulture) + random.Next(3) - 1;
        var name = new[] { "lt", "lte", "gt", "gte" }[random.Next(4)];
        return new OraclePart([string.Create(CultureInfo.InvariantCulture, $"{field}|{name}: {number}")], (f, _) => f(field) is { Length: <= 28 } text
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && name switch { "lt" => value < number, "lte" => value <= number, "gt" => value > number, _ => value >= number });
    }

    private OraclePart Network(string field, IReadOnlyList<string> values)
    {
        var addresses = values.Where(v => v.Contains('.', StringComparison.Ordinal) || v.Contains(':', StringComparison.Ordinal)).Select(v => IPAddress.TryParse(v, out var a) ? a : null).Where(a => a is not null).ToArray();
        var address = addresses.Length == 0 ? IPAddress.Parse("192.0.2.1") : addresses[random.Next(addresses.Length)]!;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = address.GetAddressBytes();
        var bits = random.Next(bytes.Length * 8 + 1);
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        var network = new IPNetwork(new IPAddress(bytes), bits);
        return new OraclePart([$"{field}|cidr: {Quoted(network.ToString())}"], (f, _) => f(field) is { Length: <= 64 } text && IPAddress.TryParse(text, out var value)
            && network.Contains(value.IsIPv4MappedToIPv6 && bytes.Length == 4 ? value.MapToIPv4() : value));
    }

    private OraclePart Part(string key, string[] texts, string field, Func<string?, bool> passes)
    {
        var value = texts.Length == 1 && random.Next(2) == 0 && !key.Contains("|all", StringComparison.Ordinal) ? [Quoted(texts[0])] : texts.Select(t => "- " + Quoted(t)).ToArray();
        var written = key.Length == 0 || key[0] == '|' ? Quoted(key) : key;
        string[] lines = value.Length == 1 && value[0][0] == '\'' ? [written + ": " + value[0]] : [written + ":", .. value.Select(v => "  " + v)];
        return new OraclePart(lines, (f, raw) => passes(field.Length == 0 ? raw : f(field)));
    }

    // a part of a value, at the place where it would be found
    private string Piece(string value, string place)
    {
        value = value.Length > 0 ? value : "nothing";
        var length = Math.Min(value.Length, random.Next(5) == 0 ? 1 : 2 + random.Next(16));
        value = random.Next(4) == 0 ? Decoded(value) : value;
        length = Math.Min(length, value.Length);
        value = place switch { "startswith" => value[..length], "endswith" => value[^length..], "contains" => value.Substring(random.Next(value.Length - length + 1), length), _ => value };
        return random.Next(3) == 0 ? string.Concat(value.Select(c => random.Next(2) == 0 ? char.IsAsciiLetterLower(c) ? (char)(c - 32) : c : char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c)) : value;
    }

    // Sigma's text of a value and the same as parts: null is any text, an empty text any one character
    private (string Text, string?[] Pattern) Pattern(string value)
    {
        var text = new StringBuilder();
        var pattern = new List<string?>();
        foreach (var c in Utf8(value))
        {
            switch (random.Next(24))
            {
                case 0: text.Append('*'); pattern.Add(null); break;
                case 1 when c < 0x80: text.Append('?'); pattern.Add(""); break;
                default: text.Append(Escape(c.ToString())); pattern.Add(Bytes(c.ToString())); break;
            }
        }

        return (text.ToString(), pattern.ToArray());
    }

    private static Regex Glob(string?[] pattern, string place, bool cased)
    {
        var body = string.Concat(pattern.Select(p => p is null ? "[\\s\\S]*" : p.Length == 0 ? "[\\s\\S]" : string.Concat(p.Select(c => cased ? Hard(c) : Soft(c)))));
        var text = (place is "contains" or "endswith" ? "" : "\\A") + body + (place is "contains" or "startswith" ? "" : "\\z");
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // too large for an automaton
            return new Regex(text, RegexOptions.CultureInvariant);
        }
    }

    private static string Soft(char c) => char.IsAsciiLetter(c) ? $"[{char.ToLowerInvariant(c)}{char.ToUpperInvariant(c)}]" : Hard(c);

    private static string Hard(char c) => c is ']' or '}' ? "\\" + c : Regex.Escape(c.ToString());

    private static string Hard(string text) => string.Concat(text.Select(Hard));

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);

    // texts in files are characters, values of lines are bytes
    private static string Utf8(string bytes)
    {
        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
        return string.Concat(text.Where(c => c is >= ' ' and < '\u007f' or > '\u00a0' and < '\ud800')) is { Length: > 0 } clean ? clean : "nothing";
    }

    private static string Bytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string Ascii(string text) => string.Concat(text.Where(c => c is >= ' ' and < '\u007f')) is { Length: > 0 } clean ? clean : "nothing";

    private static string Lower(string text) => string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));

    private static string Decoded(string text) => Regex.Replace(text, "%([0-9a-fA-F]{2})", m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
}
