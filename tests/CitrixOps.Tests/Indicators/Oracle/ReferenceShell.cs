using System;
using System.Linq;
using System.Text.RegularExpressions;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>A command as the shell understands it, by rewriting its text step by step; see <see cref="ReferenceViews"/>.</summary>
internal static class ReferenceShell
{
    // characters that were meant literally, kept out of the later steps
    private const int Literal = 0xE100;

    public static string Plain(string text)
    {
        text = Regex.Replace(text, """\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|\\([^/ \t])|\\(?=[/ \t]|\z)|#01[125]|\$IFS|\$\{IFS[^}]{0,10}\}|\$\{[@*0-9]\}|\$['"@*0-9]|['"]""", m =>
            m.Groups[1].Success ? Character(Convert.ToInt32(m.Groups[1].Value, 16))
            : m.Groups[2].Success ? Character(Convert.ToInt32(m.Groups[2].Value, 8) & 0xff)
            : m.Groups[3].Success ? Kept(m.Groups[3].Value[0])
            : m.Value[0] == '#' || m.Value.Contains("IFS", StringComparison.Ordinal) ? " " : "", RegexOptions.Singleline);
        text = Regex.Replace(text, @"[{][^ \t=(}]*", m => m.Value[1..].Replace("{", "", StringComparison.Ordinal).Replace(',', ' ')).Replace("}", "", StringComparison.Ordinal);
        text = Regex.Replace(text, "[ \t]+", " ");
        text = string.Concat(text.Select(c => c >= Literal ? (char)(c - Literal) : c));
        return Repeat(Repeat(text, t => Regex.Replace(t, @"/+\.?(?=/)", "")), t => Regex.Replace(t, @"(?<![^/ =(><|&;:])(?!\.\.?/)([^/ =(><|&;:]+)/\.\./", m => m.Index > 0 && t[m.Index - 1] == '/' ? "" : "./"));
    }

    private static string Kept(char c) => ((char)(Literal + c)).ToString();

    private static string Character(int value) => value == '/' ? "/" : value is > ' ' and < 0x7f ? Kept((char)value) : " ";

    // the first place first, until nothing changes
    private static string Repeat(string text, Func<string, string> step)
    {
        for (var next = step(text); ; next = step(text))
        {
            if (next == text)
            {
                return text;
            }

            text = next;
        }
    }
}
