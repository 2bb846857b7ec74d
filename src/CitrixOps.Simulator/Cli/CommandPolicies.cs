using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Cli;

/// <summary>Who may run which command line.</summary>
internal static class CommandPolicies
{
    private const string ReadOnly = @"(^man.*)|(^show\s+(?!system)(?!configstatus)(?!ns ns\.conf)(?!ns savedconfig)(?!ns runningConfig)(?!gslb runningConfig)(?!audit messages)(?!techsupport).*)|(^stat.*)";

    /// <summary>Refuses what the account may not do.</summary>
    public static void Check(Node node, string user, string command)
    {
        if (user == "nsroot")
        {
            return;
        }

        var bound = node.Running.Rows("default", "systemuser_systemcmdpolicy_binding").Where(b => b.Is("username", user))
            .Concat(node.Running.Rows("default", "systemgroup_systemuser_binding").Where(g => g.Is("username", user))
                .SelectMany(g => node.Running.Rows("default", "systemgroup_systemcmdpolicy_binding").Where(b => b.Is("groupname", g.Text("groupname") ?? ""))))
            .OrderBy(b => long.TryParse(b.Text("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p : long.MaxValue);
        foreach (var name in bound.Select(b => b.Text("policyname")!))
        {
            if (Policy(node, name) is { } policy && Regex.IsMatch(command, policy.Spec, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)))
            {
                if (policy.Allow)
                {
                    return;
                }

                break;
            }
        }

        throw new NitroError(2138, command);
    }

    private static (bool Allow, string Spec)? Policy(Node node, string name) => name switch
    {
        "superuser" or "sysadmin" => (true, ".*"),
        "network" => (true, @"^(?!shell)(?!scp)(?!(add|set|rm|bind|unbind|kill)\s+system).*"),
        "operator" => (true, ReadOnly + @"|(^(enable|disable)\s+(server|service|serviceGroup)\b.*)"),
        "read-only" => (true, ReadOnly),
        _ => node.Running.Rows("default", "systemcmdpolicy").FirstOrDefault(p => p.Is("policyname", name)) is { } row ? (row.Is("action", "ALLOW"), row.Text("cmdspec") ?? "$^") : null,
    };
}
