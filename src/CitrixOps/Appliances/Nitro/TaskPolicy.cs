using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>
/// The rights one task needs: the appliance translates every call into a command line and matches it against the account's command
/// policies. Source: the appliance's documentation of command policies, and observation on 13.1.
/// </summary>
/// <param name="Task">The task, such as <c>search</c>.</param>
/// <param name="Cmdlets">The commands that do it.</param>
/// <param name="Allow">Regular expressions over command lines that have to be allowed.</param>
public sealed record TaskPolicy(string Task, IReadOnlyList<string> Cmdlets, IReadOnlyList<string> Allow)
{
    /// <summary>One expression that allows the task, as a command policy takes it.</summary>
    public string CommandSpec => string.Join("|", Allow.Select(a => "(" + a + ")"));

    /// <summary>The command that makes the policy on the appliance.</summary>
    public string CommandLine => $"add system cmdPolicy cops-{Task.Replace(' ', '-')} ALLOW \"{CommandSpec.Replace("\\", "\\\\")}\"";

    /// <summary>Reads the policies that ship.</summary>
    /// <param name="path">The file <c>policies/tasks.json</c>.</param>
    /// <exception cref="CitrixOpsException"><c>PoliciesUnreadable</c>.</exception>
    public static IReadOnlyList<TaskPolicy> Load(string path)
    {
        try
        {
            return ((JArray)JObject.Parse(File.ReadAllText(path))["tasks"]!).OfType<JObject>()
                .Select(t => new TaskPolicy((string)t["task"]!, Texts(t["cmdlets"]), Texts(t["allow"]))).ToArray();
        }
        catch (System.Exception e) when (e is IOException or JsonException or System.InvalidCastException)
        {
            throw new CitrixOpsException(new Problem("PoliciesUnreadable", ErrorKind.InvalidData, $"'{path}' cannot be read: {e.Message}", path, "Install the module again."), e);
        }
    }

    private static string[] Texts(JToken? list) => (list as JArray)?.Select(t => (string)t!).ToArray() ?? System.Array.Empty<string>();
}
