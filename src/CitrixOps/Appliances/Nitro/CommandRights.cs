using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>
/// The rights each task needs: the appliance translates every call into a command line and matches it against the account's command
/// policies. Source: the appliance's documentation of command policies, and observation on 13.1.
/// </summary>
public static class CommandRights
{
    /// <summary>The command specification of each task.</summary>
    public static IReadOnlyDictionary<string, string> ByTask { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["connect"] = @"^show (ns (config|version|hardware|hostName|feature)|HA node)\b",
        ["partition"] = @"^switch ns partition\b",
        ["patch level"] = @"^show ns (version|runningConfig|hostName)\b",
        ["search"] = @"^show system file\b",
        ["list sessions"] = @"^show (aaa session|vpn (icaConnection|icaDtlsConnection|pcoipConnection)|rdp connections)\b",
        ["end sessions"] = @"^kill (aaa session|vpn (icaConnection|pcoipConnection)|rdp connections)\b",
        ["mitigations"] = @"^show (ns (partition|tcpParam|httpProfile)|ssl dtlsProfile|responder (policy|action|global)|authentication (samlAction|samlIdPProfile)|system (parameter|file rc\.netscaler))\b",
        ["apply mitigations"] = @"^(enable|disable) ns feature RESPONDER$|^(add|rm|set) responder (policy|action) COPS-|^(bind|unbind) responder global COPS-|^(set|unset) (ns (tcpParam|httpProfile)|ssl dtlsProfile)\b|^save ns config\b",
    };

    /// <summary>The line a policy lacks for a command: its first words, without names and options.</summary>
    /// <param name="command">The command line as the appliance shows it.</param>
    public static string LineFor(string command)
    {
        var words = command.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var count = words.Length > 2 && !words[2].StartsWith("-", StringComparison.Ordinal) ? 3 : Math.Min(2, words.Length);
        return words.Length == 0 ? "the command" : "^" + string.Join(" ", words.Take(count)) + @"\b";
    }
}
