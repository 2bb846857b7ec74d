using System;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>The literals of the rules, for tools that look for lines with one of many literals.</summary>
internal static class Literals
{
    /// <summary>Writes the required literals of the rules for a log type, one a line.</summary>
    public static void Write(RuleSet rules, string logType, Stream output)
    {
        var literals = rules.LogRules.Where(r => r.LogTypes.Contains(logType)).SelectMany(r => r.RequiredLiterals ?? []).Distinct().Order(StringComparer.Ordinal);
        output.Write(Encoding.Latin1.GetBytes(string.Concat(literals.Select(l => l + "\n"))));
    }
}
