using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators.Matching;
using CitrixOps.Indicators.Matching.Expressions;

namespace CitrixOps.Indicators.Sigma;

/// <summary>The texts that a value stands for: its dashes exchanged, its characters as 16 bits, its base64 at each place; and its wildcards.</summary>
internal static class TextForms
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    /// <summary>The value with each of the five characters that begin an option on Windows, where it has one of them.</summary>
    public static IEnumerable<string> Dashes(string text)
    {
        foreach (var dash in new[] { '-', '/', '\u2013', '\u2014', '\u2015' })
        {
            var variant = text.ToCharArray();
            for (var i = 0; i + 1 < variant.Length; i++)
            {
                if (text[i] is '-' or '/' or '\u2013' or '\u2014' or '\u2015' && ExpressionParser.IsWord(text[i + 1]) && (i == 0 || !ExpressionParser.IsWord(text[i - 1])))
                {
                    variant[i] = dash;
                }
            }

            yield return new string(variant);
        }
    }

    /// <summary>What is looked for when a text is encoded, one character per byte.</summary>
    public static IEnumerable<string> Encoded(string text, Modifiers modifiers)
    {
        var encoding = modifiers.Has("utf16be") ? Encoding.BigEndianUnicode : modifiers.Has("utf16le") || modifiers.Has("utf16") || modifiers.Has("wide") ? Encoding.Unicode : Encoding.UTF8;
        var bytes = (modifiers.Has("utf16") ? encoding.GetPreamble() : Array.Empty<byte>()).Concat(encoding.GetBytes(text)).ToArray();
        return modifiers.Has("base64offset") ? Offsets(bytes) : new[] { modifiers.Has("base64") ? Convert.ToBase64String(bytes) : Latin1.GetString(bytes) };
    }

    /// <summary>
    /// A value without its escapes and with its wildcards marked, one character per byte: a backslash escapes <c>* ?</c> and itself, before
    /// anything else it is a backslash.
    /// </summary>
    public static string Unescape(string text, out bool hasWildcard)
    {
        hasWildcard = false;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '*' or '?' or '\\')
            {
                result.Append(text[++i]);
            }
            else if (text[i] is '*' or '?')
            {
                hasWildcard = true;
                result.Append(text[i] == '*' ? WildcardTest.Star : WildcardTest.One);
            }
            else if (text[i] < 0x80)
            {
                result.Append(text[i]);
            }
            else
            {
                var length = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                result.Append(Latin1.GetString(Encoding.UTF8.GetBytes(text.Substring(i, length))));
                i += length - 1;
            }
        }

        return result.ToString();
    }

    // base64 of the text at each of the three places it can have in a longer text; only the part that does not depend on its neighbours
    private static IEnumerable<string> Offsets(byte[] bytes)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String(new byte[offset].Concat(bytes).ToArray());
            var start = offset == 0 ? 0 : offset + 1;
            var end = ((offset + bytes.Length) % 3) switch { 1 => 3, 2 => 2, _ => 0 };
            yield return text.Substring(start, text.Length - start - end);
        }
    }
}
