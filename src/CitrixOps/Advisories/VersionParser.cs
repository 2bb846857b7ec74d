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
    private const int LongestGap = 40;
    private static readonly (string Name, string Branch)[] CodeNames = { ("zion", "14.1"), ("mana", "13.0"), ("dara", "10.1") };

    // words that may stand between branch and build
    private static readonly string[] Words = { "build", "fips", "ndcpp", "and", "nc", "e", "cl", "release", "rel", "before", "adc", "gateway", "ns", "netscaler" };

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
        var numbers = VersionNumber.In(clean);
        var edition = EditionWords.In(clean);
        version = ByCodeName(clean, numbers, edition) ?? ByBranch(clean, numbers, edition, ref reason);
        if (version is null && reason.Length == 0)
        {
            reason = numbers.Count == 2 ? "it names a build but no branch: builds of different branches share numbers" : "it holds no branch and build such as 13.1-59.22";
        }

        return version is not null;
    }

    private static string Clean(string text)
    {
        var chars = (text.Length > LongestText ? text.Substring(0, LongestText) : text).ToLowerInvariant().ToCharArray();
        for (var i = 0; i < chars.Length; i++)
        {
            // narrow and no-break spaces are white space; zero-width ones are not
            chars[i] = char.IsWhiteSpace(chars[i]) || chars[i] is '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' ? ' '
                : chars[i] is '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' ? '-' : chars[i];
        }

        var result = new string(chars);
        return result.StartsWith("cpe:2.3:", StringComparison.Ordinal) ? "cpe::::: " + result.Substring(8) : result;
    }

    private static GatewayVersion? ByCodeName(string text, List<VersionNumber> numbers, GatewayEdition edition)
    {
        foreach (var (name, branch) in CodeNames)
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            var first = numbers.FindIndex(n => n.Start > at);
            if (at >= 0 && first >= 0 && first + 1 < numbers.Count)
            {
                return new GatewayVersion(branch, numbers[first].Value, numbers[first + 1].Value, edition);
            }
        }

        return null;
    }

    // NS13.1 or the word build outrank what only looks like a version, such as an address before the banner
    private static GatewayVersion? ByBranch(string text, List<VersionNumber> numbers, GatewayEdition edition, ref string reason)
    {
        GatewayVersion? plain = null;
        for (var i = 0; i + 1 < numbers.Count; i++)
        {
            if (!IsBranch(numbers, i, text))
            {
                continue;
            }

            var branch = FormattableString.Invariant($"{numbers[i].Value}.{numbers[i + 1].Value}");
            if (Gap(numbers, i + 2, text) is not { } gap)
            {
                reason = $"'{branch}' names a branch but no build";
                continue;
            }

            var version = new GatewayVersion(branch, numbers[i + 2].Value, numbers[i + 3].Value, edition);
            if (gap.IndexOf("build", StringComparison.Ordinal) >= 0 || IsAfter(text, numbers[i].Start, "ns") || IsAfter(text, numbers[i].Start, "ns-"))
            {
                return version;
            }

            plain ??= version;
        }

        return plain;
    }

    // 9 to 19, one of . - _, one digit; not the tail of an address
    private static bool IsBranch(List<VersionNumber> numbers, int i, string text)
    {
        var (a, b) = (numbers[i], numbers[i + 1]);
        return a.Value is >= 9 and < 20 && a.End - a.Start <= 2 && b.End - b.Start == 1 && b.Start == a.End + 1 && text[a.End] is '.' or '-' or '_'
            && !(i > 0 && text[a.Start - 1] == '.' && numbers[i - 1].End == a.Start - 1);
    }

    /// <summary>What stands between branch and build, where two numbers with one separator between follow; else null.</summary>
    private static string? Gap(List<VersionNumber> numbers, int i, string text)
    {
        if (i + 1 >= numbers.Count)
        {
            return null;
        }

        var (c, d) = (numbers[i], numbers[i + 1]);
        var length = c.Start - numbers[i - 1].End;
        if (length is < 1 or > LongestGap || c.End - c.Start > 3 || c.Value == 0 || d.End - d.Start > 4 || d.Start != c.End + 1 || text[c.End] is not ('.' or '-' or '_'))
        {
            return null;
        }

        var gap = text.Substring(numbers[i - 1].End, length);

        // "13.1-FIPS and 13.1-NDcPP 37.241": the next pair is a branch again
        return OnlyKnownWords(gap) && !(HasLetter(gap) && IsBranch(numbers, i, text) && Gap(numbers, i + 2, text) is not null) ? gap : null;
    }

    private static bool OnlyKnownWords(string gap)
    {
        for (var i = 0; i < gap.Length; i++)
        {
            if (!char.IsLetter(gap[i]))
            {
                continue;
            }

            var start = i;
            while (i < gap.Length && char.IsLetter(gap[i]))
            {
                i++;
            }

            if (Array.IndexOf(Words, gap.Substring(start, i - start)) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasLetter(string gap)
    {
        foreach (var c in gap)
        {
            if (char.IsLetter(c))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAfter(string text, int position, string word) => position >= word.Length && string.CompareOrdinal(text, position - word.Length, word, 0, word.Length) == 0;
}
