using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads a range: <c>vers:generic/&gt;=13.1|&lt;13.1-59.22</c>, or only its comparators.</summary>
internal static class VersRange
{
    private static readonly string[] Comparators = { "<=", ">=", "!=", "<", ">", "=" };

    /// <summary>The comparators with their bounds; null where the text is no range that bounds anything.</summary>
    public static IReadOnlyList<(string Comparator, string Bound)>? Read(string text)
    {
        var constraints = text.Trim();
        if (constraints.StartsWith("vers:", StringComparison.OrdinalIgnoreCase))
        {
            var slash = constraints.IndexOf('/');
            constraints = slash < 0 ? "" : Uri.UnescapeDataString(constraints.Substring(slash + 1));
        }

        var parts = constraints.Split('|').Select(p => p.Trim()).Select(p => (Comparator: Comparators.FirstOrDefault(c => p.StartsWith(c, StringComparison.Ordinal)) ?? "=", Text: p))
            .Select(p => (p.Comparator, Bound: p.Text.StartsWith(p.Comparator, StringComparison.Ordinal) ? p.Text.Substring(p.Comparator.Length).Trim() : p.Text)).ToArray();
        return parts.Any(p => p.Comparator is "<" or "<=" && p.Bound.Length > 0 && p.Bound != "*") ? parts : null;
    }
}
