using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Simulator.Hosting;

namespace CitrixOps.Tests;

/// <summary>Accounts of administrators with the command policies that ship, or with less.</summary>
internal static class Accounts
{
    public const string Password = "Least-1";

    public static IReadOnlyList<TaskPolicy> Policies { get; } = TaskPolicy.Load(Path.Combine(Repository.ModuleData, "policies", "tasks.json"));

    public static TaskPolicy Of(string task) => Policies.Single(p => p.Task == task);

    /// <summary>Makes an account that may run what one of the expressions allows; its name.</summary>
    public static string Make(SimulatorHost host, string user, params string[] specs)
    {
        foreach (var node in host.Nodes)
        {
            node.Put("systemuser", new Dictionary<string, string> { ["username"] = user, ["password"] = Password });
            foreach (var (spec, i) in specs.Select((s, i) => (s, i)))
            {
                node.Put("systemcmdpolicy", new Dictionary<string, string> { ["policyname"] = user + i, ["action"] = "ALLOW", ["cmdspec"] = spec });
                node.Put("systemuser_systemcmdpolicy_binding", new Dictionary<string, string> { ["username"] = user, ["policyname"] = user + i, ["priority"] = (i + 1).ToString(CultureInfo.InvariantCulture) });
            }

            node.SaveConfiguration();
        }

        return user;
    }
}
