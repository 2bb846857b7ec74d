using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access.Methods;

/// <summary>A page that tells people why they cannot get in.</summary>
internal static class NoticePage
{
    /// <summary>The longest page: what the appliance takes in one expression.</summary>
    public const int Longest = 1200;

    // the longest literal of the appliance's policy language
    private const int LongestLiteral = 255;

    public static void Check(string page)
    {
        if (page.Length > Longest || page.Any(c => c < ' ' && c is not ('\r' or '\n' or '\t')))
        {
            throw new CitrixOpsException(new Problem("MaintenancePageNotUsable", ErrorKind.InvalidArgument, FormattableString.Invariant($"The page has {page.Length:N0} characters; the appliance takes {Longest:N0}, without control characters."), null, "Shorten it: a sentence and a telephone number are enough."));
        }
    }

    public static Dictionary<string, object> Action(string name, string page)
    {
        var answer = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + page;
        return new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = name, ["type"] = "respondwith", ["target"] = string.Join(" + ", Literals(answer)) };
    }

    /// <summary>The page on an address of its own: a virtual server that is always up and answers everything with it.</summary>
    public static void OnOwnAddress(PlanDraft draft, IPAddress vip)
    {
        var id = draft.Options.Id;
        var name = OwnNames.FormattableName("notice", id);
        void Add(ChangeVerb verb, string type, string title, Dictionary<string, object> row) => draft.Add(verb, type, "default", title, new[] { row });
        Add(ChangeVerb.Add, "server", "Add a server for the notice page that is never asked", new(StringComparer.Ordinal) { ["name"] = name, ["ipaddress"] = "192.0.2.1" });
        Add(ChangeVerb.Add, "service", "Add its service", new(StringComparer.Ordinal) { ["name"] = name, ["servername"] = name, ["servicetype"] = "HTTP", ["port"] = 80L, ["healthmonitor"] = "NO" });
        Add(ChangeVerb.Add, "lbvserver", $"Add a virtual server on {vip}:80 for the notice page", new(StringComparer.Ordinal) { ["name"] = name, ["servicetype"] = "HTTP", ["ipv46"] = vip.ToString(), ["port"] = 80L });
        Add(ChangeVerb.Bind, "lbvserver_service_binding", "Bind the service", new(StringComparer.Ordinal) { ["name"] = name, ["servicename"] = name });
        Add(ChangeVerb.Add, "responderaction", "Add the page", Action(name, draft.Options.MaintenancePage));
        Add(ChangeVerb.Add, "responderpolicy", "Add its policy", new(StringComparer.Ordinal) { ["name"] = name, ["rule"] = "true", ["action"] = name });
        Add(ChangeVerb.Bind, "lbvserver_responderpolicy_binding", "Bind the policy", new(StringComparer.Ordinal) { ["name"] = name, ["policyname"] = name, ["priority"] = "1", ["gotopriorityexpression"] = "END", ["bindpoint"] = "REQUEST" });
        draft.Warnings.Add($"The notice page answers on http://{vip}/ only: point the name or the firewall there.");
    }

    private static IEnumerable<string> Literals(string text)
    {
        var part = "";
        foreach (var c in text)
        {
            var escaped = c switch { '"' => "\\\"", '\\' => "\\\\", '\r' => "\\r", '\n' => "\\n", '\t' => "\\t", _ => c.ToString() };
            if (part.Length + escaped.Length > LongestLiteral)
            {
                yield return "\"" + part + "\"";
                part = "";
            }

            part += escaped;
        }

        yield return "\"" + part + "\"";
    }
}
