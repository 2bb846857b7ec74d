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
        foreach (var name in positional.Where(row.Has))
        {
            text.Append(' ').Append(hide && Secret.Contains(name) ? "********" : Quote(row.Text(name)!));
        }

        foreach (var (name, value) in row.Values.Where(v => !positional.Contains(v.Key) && v.Key[0] != '_'))
        {
            Option(text, row, name, hide && Secret.Contains(name) ? "********" : string.Join(' ', row.List(name).Select(Quote)));
        }

        return text.ToString();
    }

    public static string Quote(string value) =>
        value.Length > 0 && value.IndexOfAny([' ', '"', '\t', '|', '(', ')', '\n']) < 0 ? value : "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    // -destIP = 203.0.113.10 is three properties on the wire
    private static void Option(StringBuilder text, Row row, string name, string value)
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
                text.Append(" -").Append(name).Append(' ').Append(row.Text(name + "op") ?? "=").Append(' ').Append(Quote(row.Text(name + "val")!));
            }

            return;
        }

        text.Append(" -").Append(name);
        if (value is not "true")
        {
            text.Append(' ').Append(value.Length == 0 ? "\"\"" : value);
        }
    }
}
