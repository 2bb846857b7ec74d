using System;
using System.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>What an account lacks, in the terms of its command policy.</summary>
public static class CommandRights
{
    /// <summary>The line a policy lacks for a command: its first words, without names and options.</summary>
    /// <param name="command">The command line as the appliance shows it.</param>
    public static string LineFor(string command)
    {
        var words = command.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length > 2 && !words[2].StartsWith("-", StringComparison.Ordinal) ? 3 : Math.Min(2, words.Length);
        return words.Length == 0 ? "the command" : "^" + string.Join(" ", words.Take(count)) + @"\b";
    }
}
