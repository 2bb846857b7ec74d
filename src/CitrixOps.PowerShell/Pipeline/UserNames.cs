using System;
using System.Linq;
using System.Management.Automation;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Names of users as they are given, with wildcards.</summary>
internal static class UserNames
{
    /// <summary>What decides on a name; null for every name.</summary>
    public static Func<string, bool>? Matching(string[]? names)
    {
        var patterns = names?.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToArray();
        return patterns is null ? null : n => Array.Exists(patterns, p => p.IsMatch(n));
    }
}
