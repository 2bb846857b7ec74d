using System;
using System.Linq;
using System.Net;
using CitrixOps.Access.Planning;

namespace CitrixOps.Access.Methods;

/// <summary>Chooses a method by topology, and says why.</summary>
internal static class MethodChoice
{
    private const int FewestUsers = 3;
    private const int MostTranslators = 2;

    public static (IsolationMethod Method, string Reason) Of(PlanDraft draft)
    {
        if (draft.Options.Method != IsolationMethod.Auto)
        {
            return (draft.Options.Method, "asked for");
        }

        if (Translation(draft) is { } translated)
        {
            return (IsolationMethod.VirtualServer, translated);
        }

        var addresses = draft.Targets.SelectMany(t => t.Server.Addresses).ToArray();
        var seen = Sources(draft).Length;
        if (addresses.Length > 0 && seen == 0 && !draft.Options.Allowed.IsEmpty && addresses.All(a => draft.Options.Networks.Inside.Contains(a)))
        {
            return (IsolationMethod.VirtualServer, "the gateway has private addresses only, so a firewall translates, and no session shows whether it hides the clients' addresses too: access lists could let them pass as inside");
        }

        return (IsolationMethod.Acl, seen > 0 ? FormattableString.Invariant($"clients arrive with their own addresses ({seen:N0} seen): access lists cut at the packet, before TLS and HTTP") : "nothing shows that clients arrive behind one address: access lists cut at the packet, before TLS and HTTP");
    }

    private static IPAddress[] Sources(PlanDraft draft) => draft.Inventory.Sessions?.Sessions.Select(s => IPAddress.TryParse(s.SourceAddress, out var a) ? a : null).OfType<IPAddress>().Distinct().ToArray() ?? Array.Empty<IPAddress>();

    /// <summary>Refuses to let the address stay in behind which everybody arrives.</summary>
    public static void CheckTranslation(PlanDraft draft, IsolationMethod method)
    {
        if (method is IsolationMethod.Acl or IsolationMethod.Responder && Translation(draft) is { } translated && Sources(draft).Where(draft.Options.Allowed.Contains).ToArray() is { Length: > 0 } hidden)
        {
            var addresses = string.Join(",", hidden.Select(h => h.ToString()));
            draft.Refuse("AllowedNetworkIsTranslated", $"{translated}; and with -AllowNetwork that address would stay in, and everybody behind it.", $"Name it as outside: -ExternalNetwork {addresses}. Or close with -Method VirtualServer.");
        }
    }

    private static string? Translation(PlanDraft draft)
    {
        var sources = Sources(draft);
        var users = draft.Inventory.Sessions?.Sessions.Select(s => s.UserName).Distinct(StringComparer.OrdinalIgnoreCase).Count() ?? 0;
        return (sources.Length == 1 || (sources.Length is > 1 and <= MostTranslators && sources.All(draft.Options.Networks.Inside.Union(draft.Options.ExternalNetwork).Contains))) && users >= FewestUsers
            ? FormattableString.Invariant($"{users:N0} users come from {string.Join(" and ", sources.Select(s => s.ToString()))} alone: a device in front hides their addresses, access lists cannot tell them apart")
            : null;
    }
}
