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
        output.Write(Encoding.Latin1.GetBytes(string.Concat(rules.MatcherFor(logType).Literals.Select(l => l + "\n"))));
    }
}
