using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Logs.Reading;

/// <summary>Records that a syslog relay joined into one line, their line ends written as <c>#012</c> (and <c>#015</c>).</summary>
public static class JoinedLines
{
    /// <summary>What stands for a line feed.</summary>
    public const string Separator = "#012";

    private const int Most = 256;

    /// <summary>The records of a line that may hold several; empty when it holds one.</summary>
    internal static IReadOnlyList<string> Of(string raw) => raw.IndexOf(Separator, StringComparison.Ordinal) > 0 ? Split(raw) : Array.Empty<string>();

    /// <summary>The records of a line that holds several; empty when it holds one.</summary>
    /// <param name="raw">The line.</param>
    public static IReadOnlyList<string> Split(string raw)
    {
        var pieces = raw.Split(new[] { "#015" + Separator, Separator }, Most, StringSplitOptions.RemoveEmptyEntries).Where(p => p.Trim().Length > 0).ToArray();
        return pieces.Length > 1 ? pieces : Array.Empty<string>();
    }
}
