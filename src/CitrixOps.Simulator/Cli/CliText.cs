using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Cli;

/// <summary>Objects as command lines: for the command policies, the logs, and the running configuration.</summary>
internal static class CliText
{
    private static readonly string[] Secret = ["password", "rpcnodepassword", "filecontent", "new_password", "key_password", "communityname", "authpasswd", "privpasswd"];

    // how the command line spells what the wire has in lower case
    private static readonly Dictionary<string, string> Spelling = new(StringComparer.Ordinal)
    {
        ["policyname"] = "policyName",
        ["gotopriorityexpression"] = "gotoPriorityExpression",
        ["srcip"] = "srcIP",
        ["destip"] = "destIP",
        ["srcipv6"] = "srcIPv6",
        ["destipv6"] = "destIPv6",
        ["srcport"] = "srcPort",
        ["destport"] = "destPort",
        ["filelocation"] = "fileLocation",
        ["endrange"] = "endRange",
        ["externalauth"] = "externalAuth",
        ["allowedmanagementinterface"] = "allowedManagementInterface",
        ["responsestatuscode"] = "responseStatusCode",
        ["loglevel"] = "logLevel",
        ["numofmesgs"] = "numOfMesgs",
        ["estsessions"] = "estSessions",
        ["hastatus"] = "haStatus",
        ["hasync"] = "haSync",
        ["haprop"] = "haProp",
        ["servicename"] = "serviceName",
        ["certkeyname"] = "certkeyName",
        ["graceful"] = "graceFul",
        ["transproto"] = "transProto",
        ["sessionkey"] = "sessionKey",
        ["nodeid"] = "nodeId",
    };

    // arguments without an option name, in their order
    private static readonly Dictionary<string, string[]> Positional = new(StringComparer.Ordinal)
    {
        ["lbvserver"] = ["name", "servicetype", "ipv46", "port"],
        ["csvserver"] = ["name", "servicetype", "ipv46", "port"],
        ["crvserver"] = ["name", "servicetype", "ipv46", "port"],
        ["vpnvserver"] = ["name", "servicetype", "ipv46", "port"],
        ["authenticationvserver"] = ["name", "servicetype", "ipv46", "port"],
        ["gslbvserver"] = ["name", "servicetype"],
        ["server"] = ["name", "ipaddress"],
        ["service"] = ["name", "ip", "servername", "servicetype", "port"],
        ["nsip"] = ["ipaddress", "netmask"],
        ["nsip6"] = ["ipv6address"],
        ["nsacl"] = ["aclname", "aclaction"],
        ["nsacl6"] = ["acl6name", "acl6action"],
        ["nssimpleacl"] = ["aclname", "aclaction"],
        ["responderpolicy"] = ["name", "rule", "action"],
        ["responderaction"] = ["name", "type", "target"],
        ["rewritepolicy"] = ["name", "rule", "action"],
        ["policydataset"] = ["name", "type"],
        ["policydataset_value_binding"] = ["name", "value"],
        ["policypatset_pattern_binding"] = ["name", "String"],
        ["systemuser"] = ["username", "password"],
        ["systemcmdpolicy"] = ["policyname", "action", "cmdspec"],
        ["systemuser_systemcmdpolicy_binding"] = ["username", "policyname", "priority"],
        ["responderglobal_responderpolicy_binding"] = ["policyname", "priority", "gotopriorityexpression"],
        ["hanode"] = ["id", "ipaddress"],
        ["route"] = ["network", "netmask", "gateway"],
        ["auditsyslogaction"] = ["name", "serverip"],
        ["auditsyslogpolicy"] = ["name", "rule", "action"],
        ["vpnsessionpolicy"] = ["name", "rule", "action"],
        ["nshostname"] = ["hostname"],
        ["ipset_nsip_binding"] = ["name", "ipaddress"],
        ["ipset_nsip6_binding"] = ["name", "ipaddress"],
        ["ntpserver"] = ["serverip"],
        ["install"] = ["url"],
        ["lbpersistentsessions"] = ["vserver"],
        ["systemsession"] = ["sid"],
        ["responderhtmlpage"] = ["src", "name"],
        ["csvserver_vpnvserver_binding"] = ["name"],
    };

    /// <summary>The line of an object.</summary>
    /// <param name="verb">add, set, bind, …</param>
    /// <param name="type">The type.</param>
    /// <param name="row">Its arguments.</param>
    /// <param name="hide">True to leave out secrets.</param>
    public static string Line(string verb, ResourceType type, Row row, bool hide = true)
    {
        var text = new StringBuilder(verb).Append(' ').Append(CliNoun.Of(type.IsBinding ? type.BoundType : type.Name));
        var positional = Positional.TryGetValue(type.Name, out var given) ? given : type.NameField is { } key ? [key] : [];
        foreach (var name in positional.Append(verb == "rename" ? "newname" : "").Where(row.Has))
        {
            text.Append(' ').Append(hide && Secret.Contains(name) ? "********" : Quote(row.Text(name)!));
        }

        foreach (var name in Ordered(row.Values.Select(v => v.Key).Where(n => !positional.Contains(n) && n[0] != '_' && !(verb == "rename" && n == "newname"))))
        {
            if (verb == "unset")
            {
                text.Append(" -").Append(OptionName(type, name));
                continue;
            }

            Option(text, type, row, name, hide && Secret.Contains(name) ? "********" : string.Join(' ', row.List(name).Select(v => name == "filelocation" ? "\"" + v + "\"" : Quote(v))));
        }

        return text.ToString();
    }

    // what is bound comes first, then its priority: the box has an order of its own, whatever a client sends
    private static IEnumerable<string> Ordered(IEnumerable<string> names) => names.OrderBy(n => n switch { "policyname" or "policy" => 0, "priority" => 1, "gotopriorityexpression" => 2, "bindpoint" or "type" => 3, _ => 4 });

    private static string OptionName(ResourceType type, string name) => (type.IsBinding && name == "bindpoint") ? "type" : Spelling.GetValueOrDefault(name, name);

    public static string Quote(string value) =>
        value.Length > 0 && value.IndexOfAny([' ', '"', '\t', '|', '(', ')', '\n']) < 0 ? value : "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    // -destIP = 203.0.113.10 is three properties on the wire
    private static void Option(StringBuilder text, ResourceType type, Row row, string name, string value)
    {
        if (name.EndsWith("op", StringComparison.Ordinal) && row.Has(name[..^2] + "val"))
        {
            return;
        }

        if (name.EndsWith("val", StringComparison.Ordinal) && row.Has(name[..^3]))
        {
            return;
        }

        if (row.Has(name + "val"))
        {
            if (row.Flag(name))
            {
                text.Append(" -").Append(OptionName(type, name)).Append(' ').Append(row.Text(name + "op") ?? "=").Append(' ').Append(Quote(row.Text(name + "val")!));
            }

            return;
        }

        text.Append(" -").Append(OptionName(type, name));
        if (value is not "true")
        {
            text.Append(' ').Append(value.Length == 0 ? "\"\"" : value);
        }
    }
}
