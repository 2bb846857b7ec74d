using System;
using System.Collections.Generic;

namespace CitrixOps.Advisories;

/// <summary>
/// Reads every notation of a build seen in the wild: banners, heads of ns.conf, kernel, package and image names, CPE, with blanks of
/// all kinds and letters after the build.
/// </summary>
public static class VersionParser
{
    private const int LongestText = 512;
    private static readonly (string Name, string Branch)[] CodeNames = { ("zion", "14.1"), ("mana", "13.0"), ("dara", "10.1") };

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text that holds it.</param>
    /// <param name="version">The version.</param>
    /// <param name="reason">Why it could not be read.</param>
    /// <returns>True when a version was read.</returns>
    public static bool TryParse(string? text, out GatewayVersion? version, out string reason)
    {
        version = null;
        reason = "";
        if (string.IsNullOrWhiteSpace(text))
        {
            reason = "the text is empty";
            return false;
        }

        var clean = Clean(text!);
        var numbers = Numbers(clean);
        var edition = EditionIn(clean);
        foreach (var (name, branch) in CodeNames)
        {
            var at = clean.IndexOf(name, StringComparison.Ordinal);
            var first = numbers.FindIndex(n => n.Start > at);
            if (at >= 0 && first >= 0 && first + 1 < numbers.Count)
            {
                version = new GatewayVersion(branch, numbers[first].Value, numbers[first + 1].Value, edition);
                return true;
            }
        }

        for (var i = 0; i + 1 < numbers.Count; i++)
        {
            if (!IsBranch(numbers, i, clean))
            {
                continue;
            }

            var branch = FormattableString.Invariant($"{numbers[i].Value}.{numbers[i + 1].Value}");
            if (i + 3 < numbers.Count && IsBuild(numbers, i + 2, clean))
            {
                version = new GatewayVersion(branch, numbers[i + 2].Value, numbers[i + 3].Value, edition);
                return true;
            }

            reason = $"'{branch}' names a branch but no build";
        }

        if (reason.Length == 0)
        {
            reason = numbers.Count == 2 ? "it names a build but no branch: builds of different branches share numbers" : "it holds no branch and build such as 13.1-59.22";
        }

        return false;
    }

    private static string Clean(string text)
    {
        var chars = (text.Length > LongestText ? text.Substring(0, LongestText) : text).ToLowerInvariant().ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            chars[i] = char.IsWhiteSpace(chars[i]) || chars[i] is '\u202f' or '\u00a0' or '\u2007' ? ' ' : chars[i] is '\u2010' or '\u2011' or '\u2013' ? '-' : chars[i];
        }

        var result = new string(chars);
        return result.StartsWith("cpe:2.3:", StringComparison.Ordinal) ? "cpe::::: " + result.Substring(8) : result;
    }

    private static List<(int Start, int End, int Value)> Numbers(string text)
    {
        var numbers = new List<(int, int, int)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                continue;
            }

            var start = i;
            var value = 0L;
            for (; i < text.Length && text[i] is >= '0' and <= '9'; i++)
            {
                value = Math.Min((value * 10) + (text[i] - '0'), int.MaxValue);
            }

            numbers.Add((start, i, (int)value));
        }

        return numbers;
    }

    // 9 to 19, one of . - _, one digit
    private static bool IsBranch(List<(int Start, int End, int Value)> numbers, int i, string text)
    {
        var (a, b) = (numbers[i], numbers[i + 1]);
        return a.Value is >= 9 and < 20 && a.End - a.Start <= 2 && b.End - b.Start == 1 && b.Start == a.End + 1 && text[a.End] is '.' or '-' or '_';
    }

    // a short text without digits after the branch, then two numbers with one separator between
    private static bool IsBuild(List<(int Start, int End, int Value)> numbers, int i, string text)
    {
        var (c, d) = (numbers[i], numbers[i + 1]);
        var between = c.Start - numbers[i - 1].End;
        return between is >= 1 and <= 16 && c.End - c.Start <= 3 && d.End - d.Start <= 4 && d.Start == c.End + 1 && text[c.End] is '.' or '-' or '_';
    }

    private static GatewayEdition EditionIn(string text)
    {
        var fips = text.IndexOf("fips", StringComparison.Ordinal) >= 0;
        var ndcpp = text.IndexOf("ndcpp", StringComparison.Ordinal) >= 0;
        return fips && ndcpp ? GatewayEdition.FipsOrNdcpp : fips ? GatewayEdition.Fips : ndcpp ? GatewayEdition.Ndcpp : GatewayEdition.Unknown;
    }
}
