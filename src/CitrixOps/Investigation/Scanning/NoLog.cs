using System;
using System.Collections.Generic;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Errors;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Scanning;

/// <summary>What is said about a file that is no log.</summary>
internal static class NoLog
{
    /// <summary>The problems, at most one.</summary>
    public static IReadOnlyList<Problem> Problems(ApplianceFile file, ReadOnlySpan<byte> head, Problem? fault)
    {
        var problem = fault is not null ? fault
            : head.Length == 0 ? new Problem("LogEmpty", ErrorKind.InvalidData, $"'{file}' is empty.", file.ToString(), "An empty log covers nothing. Check whether it was cleared.")
            : NsConfiguration.LooksLike(Latin1.Of(head)) ? null
            : new Problem("LogTypeUnknown", ErrorKind.InvalidData, $"'{file}' is none of the logs that are known, by name and by content.", file.ToString(), "If it is one, name its type with -LogType.");
        return problem is null ? Array.Empty<Problem>() : new[] { problem };
    }
}
