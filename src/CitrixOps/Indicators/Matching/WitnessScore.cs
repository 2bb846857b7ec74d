using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>How well a set of literals keeps lines out: the shortest counts, and words that stand in every line count for nothing.</summary>
internal static class WitnessScore
{
    private static readonly string[] Everywhere = { "get", "post", "head", "http/1.1", "http", "200", "304", "403", "404", "root", "nobody", "bash", "mozilla", "/", ".", "/vpn/", "/logon/", "/logon/logonpoint/" };

    public static int Of(IReadOnlyList<string> literals) =>
        literals.Min(l => Array.IndexOf(Everywhere, l) >= 0 ? 0 : l.Length);
}
