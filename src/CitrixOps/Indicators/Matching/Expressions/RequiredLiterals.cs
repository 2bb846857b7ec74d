using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.Indicators.Matching.Expressions;

/// <summary>Finds literals of which one stands in every match: the longest run of certain characters, or the runs of all alternatives.</summary>
internal static class RequiredLiterals
{
    private const int MostLiterals = 64;

    /// <summary>The literals, lower case; null when there are none.</summary>
    public static IReadOnlyList<string>? Of(Node node) => node switch
    {
        Sequence sequence => OfSequence(Flat(sequence)),
        Characters { Set: var set } => One(set) is { } c ? new[] { c.ToString() } : null,
        Alternatives alternatives => OfAll(alternatives.Parts),
        Repeated { Least: > 0 } repeated => Of(repeated.Part),
        _ => null,
    };

    private static IEnumerable<Node> Flat(Sequence sequence) => sequence.Parts.SelectMany(p => p is Sequence inner ? Flat(inner) : new[] { p });

    private static IReadOnlyList<string>? OfAll(IEnumerable<Node> parts)
    {
        var all = new List<string>();
        foreach (var part in parts)
        {
            if (Of(part) is not { } literals || all.Count + literals.Count > MostLiterals)
            {
                return null;
            }

            all.AddRange(literals);
        }

        return all.Distinct(StringComparer.Ordinal).ToArray();
    }

    private static IReadOnlyList<string>? OfSequence(IEnumerable<Node> parts)
    {
        IReadOnlyList<string>? best = null;
        var run = new StringBuilder();
        void Consider(IReadOnlyList<string>? candidate)
        {
            if (candidate is { Count: > 0 } && (best is null || OrdinaryText.PerThousand(candidate) < OrdinaryText.PerThousand(best)))
            {
                best = candidate;
            }
        }

        foreach (var part in parts)
        {
            if (part is Characters { Set: var set } && One(set) is { } c)
            {
                run.Append(c);
                continue;
            }

            if (part is Place)
            {
                continue;
            }

            Consider(run.Length > 0 ? new[] { run.ToString() } : null);
            run.Clear();
            Consider(Of(part));
        }

        Consider(run.Length > 0 ? new[] { run.ToString() } : null);
        return best;
    }

    // the one character of a set, its case aside
    private static char? One(bool[] set)
    {
        char? one = null;
        for (var b = 0; b < 256; b++)
        {
            if (set[b])
            {
                var lower = AsciiText.Lower((char)b);
                if (one is { } other && other != lower)
                {
                    return null;
                }

                one = lower;
            }
        }

        return one;
    }
}
