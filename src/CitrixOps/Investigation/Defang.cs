using System;
using System.Linq;
using System.Text;
using CitrixOps.Logs.Formats;

namespace CitrixOps.Investigation;

/// <summary>
/// Writes addresses and URLs so that no program makes a link of them and nobody opens one by accident: <c>hxxp://a[.]example</c>,
/// <c>192[.]0[.]2[.]1</c>, <c>2001[:]db8[:][:]1</c>. Times and paths stay as they are. Doing it twice changes nothing.
/// </summary>
public static class Defang
{
    /// <summary>Writes a text so.</summary>
    /// <param name="text">The text.</param>
    public static string Text(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && !IsSeparator(text[i]))
            {
                continue;
            }

            result.Append(Word(text.Substring(start, i - start)));
            if (i < text.Length)
            {
                result.Append(text[i]);
            }

            start = i + 1;
        }

        return result.ToString();
    }

    /// <summary>Writes the texts of a finding so.</summary>
    /// <param name="finding">The finding; it is changed.</param>
    public static void Apply(Finding finding)
    {
        finding.Excerpt = Text(finding.Excerpt);
        finding.SourceAddress = finding.SourceAddress is { } address ? Text(address) : null;
        finding.Reason = Text(finding.Reason);
    }

    /// <summary>Writes the texts of an investigation so.</summary>
    /// <param name="investigation">The investigation; it is changed.</param>
    public static void Apply(Investigation investigation)
    {
        foreach (var finding in investigation.Findings)
        {
            Apply(finding);
        }

        foreach (var chain in investigation.Chains)
        {
            chain.SourceAddress = Text(chain.SourceAddress);
            chain.Link = Text(chain.Link);
            chain.SameArtefact = chain.SameArtefact.Select(Text).ToArray();
        }

        investigation.Reasons = investigation.Reasons.Select(Text).ToArray();
        investigation.Notes = investigation.Notes.Select(Text).ToArray();
        investigation.Excluded = investigation.Excluded.Select(e => e with { Reason = Text(e.Reason) }).ToArray();
    }

    private static string Word(string word)
    {
        var scheme = word.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            var end = word.IndexOf('/', scheme + 3);
            end = end < 0 ? word.Length : end;
            var name = word.Substring(0, scheme);
            var harmless = name.EndsWith("http", StringComparison.OrdinalIgnoreCase) || name.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? name.Replace("tt", "xx").Replace("TT", "XX") : name;
            return harmless + "://" + word.Substring(scheme + 3, end - scheme - 3).Replace("[.]", ".").Replace(".", "[.]") + word.Substring(end);
        }

        if (!EndpointText.TrySplit(word, out var address, out _))
        {
            return word;
        }

        var written = address.IndexOf('.') > 0 ? address.Replace(".", "[.]") : address.Replace(":", "[:]");
        var at = word.IndexOf(address, StringComparison.Ordinal);
        return at < 0 ? word : word.Substring(0, at) + written + word.Substring(at + address.Length);
    }

    private static bool IsSeparator(char c) => c is ' ' or '"' or '\'' or '<' or '>' or '(' or ')' or ',' or ';' or '=' or '@' or '|';
}
