using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Updating;

/// <summary>
/// What an account may run, read from its own command policies before anything is tried. The appliance takes the policy with the lowest
/// priority number that matches a command line; what none matches is refused.
/// </summary>
internal sealed class AccountRights
{
    private const string Superuser = "nsroot";
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(250);
    private readonly IReadOnlyList<(bool Allow, Regex? Spec)>? _policies;

    private AccountRights(IReadOnlyList<(bool Allow, Regex? Spec)>? policies) => _policies = policies;

    /// <summary>Reads them; null where the account is none of the node's own, or a policy cannot be told.</summary>
    /// <exception cref="NitroException">It may not look at its own policies, among others.</exception>
    public static async Task<AccountRights?> ReadAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var connection = Gateway.Open(node);
        var user = connection.Options.Credential.UserName;
        if (user == Superuser)
        {
            return new AccountRights(null);
        }

        IReadOnlyList<JObject> bound;
        try
        {
            bound = await BoundAsync(connection, "systemuser", user, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Problem.Id == "ObjectNotFound")
        {
            return null;
        }

        if (bound.Count == 0)
        {
            return null;
        }

        var specs = (await connection.SendAsync(NitroCall.Get("systemcmdpolicy"), cancellationToken).ConfigureAwait(false)).Rows("systemcmdpolicy");
        var policies = new List<(bool, Regex?)>();
        foreach (var name in bound.OrderBy(b => NitroReply.Number(b["priority"]) ?? double.MaxValue).Select(b => NitroReply.Text(b["policyname"]) ?? ""))
        {
            if (name is "superuser" or "sysadmin")
            {
                policies.Add((true, new Regex(".*")));
                break;
            }

            if (specs.FirstOrDefault(s => NitroReply.Text(s["policyname"]) == name) is not { } policy || Expression(NitroReply.Text(policy["cmdspec"])) is not { } spec)
            {
                return null;
            }

            policies.Add((string.Equals(NitroReply.Text(policy["action"]), "ALLOW", StringComparison.OrdinalIgnoreCase), spec));
        }

        return new AccountRights(policies);
    }

    /// <summary>The command lines that are refused.</summary>
    /// <param name="commands">Command lines.</param>
    public IReadOnlyList<string> Lacks(IEnumerable<string> commands) => _policies is null ? Array.Empty<string>() : commands.Where(c => !May(_policies, c)).ToArray();

    private static bool May(IReadOnlyList<(bool Allow, Regex? Spec)> policies, string command)
    {
        try
        {
            return policies.FirstOrDefault(p => p.Spec!.IsMatch(command)).Allow;
        }
        catch (RegexMatchTimeoutException)
        {
            // the appliance decides in the end
            return true;
        }
    }

    // the policies of the account and of its groups, each with its priority
    private static async Task<IReadOnlyList<JObject>> BoundAsync(NitroConnection connection, string type, string name, CancellationToken cancellationToken)
    {
        var row = (await connection.SendAsync(NitroCall.Get(type + "_binding", name), cancellationToken).ConfigureAwait(false)).Single(type + "_binding");
        var bound = Rows(row[type + "_systemcmdpolicy_binding"]).ToList();
        foreach (var group in Rows(row[type + "_systemgroup_binding"]).Select(g => NitroReply.Text(g["groupname"])).OfType<string>())
        {
            bound.AddRange(await BoundAsync(connection, "systemgroup", group, cancellationToken).ConfigureAwait(false));
        }

        return bound;
    }

    private static IEnumerable<JObject> Rows(JToken? list) => (list as JArray)?.OfType<JObject>() ?? Enumerable.Empty<JObject>();

    private static Regex? Expression(string? spec)
    {
        try
        {
            return spec is null ? null : new Regex(spec, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchLimit);
        }
        catch (ArgumentException)
        {
            // the appliance's dialect knows more
            return null;
        }
    }
}
