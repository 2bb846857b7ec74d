using System;
using System.Text.RegularExpressions;

namespace CitrixOps.Polyfills;

/// <summary>Regular expressions that take time linear in the text, or are refused.</summary>
internal static class LinearRegex
{
    /// <summary>Compiles an expression.</summary>
    /// <param name="pattern">The expression, in the subset that Sigma names.</param>
    /// <param name="options">Case, multi-line and single-line options.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="NotSupportedException">It cannot be run in linear time on this platform.</exception>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Create(string pattern, RegexOptions options)
    {
#if NETSTANDARD2_0
        // .NET Framework has only the backtracking engine: an expression is accepted when nothing in it can repeat without bound
        foreach (var c in pattern.Replace("\\*", "").Replace("\\+", "").Replace("\\{", ""))
        {
            if (c is '*' or '+' or '{')
            {
                throw new NotSupportedException("an expression with repetition needs PowerShell 7");
            }
        }

        return new Regex(pattern, options | RegexOptions.CultureInvariant);
#else
        return new Regex(pattern, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
#endif
    }
}
