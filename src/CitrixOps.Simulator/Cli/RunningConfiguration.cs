using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Cli;

/// <summary>The configuration as text: what <c>show ns runningConfig</c> prints and what lies in ns.conf.</summary>
internal static class RunningConfiguration
{
    private static readonly string[] First = ["nsconfig", "nshostname", "nsfeature", "nsmode", "systemcmdpolicy", "systemuser", "systemuser_systemcmdpolicy_binding", "hanode", "nspartition", "nsip", "nsip6", "nsacl", "nsacl6", "ipset", "server", "service"];
    private static readonly string[] Vservers = ["lbvserver", "csvserver", "crvserver", "vpnvserver", "authenticationvserver", "gslbvserver"];

    /// <summary>All partitions in one text, or one of them.</summary>
    public static string Text(Node node, Store store, string? savedBy = null, DateTimeOffset? savedAt = null, string? only = null)
    {
        var text = new StringBuilder();
        var profile = savedBy ?? node.Profile.Version;
        var parts = profile.Split('-');
        text.Append("#NS").Append(parts[0]).Append(" Build ").Append(parts[1]).Append('\n');
        if (savedBy is not null)
        {
            text.Append("# Last modified by `save config`, ").Append(node.Time(savedAt ?? node.LastSaved)).Append('\n');
        }

        foreach (var partition in Pair.Partitions(node).Where(p => only is null || string.Equals(p, only, StringComparison.OrdinalIgnoreCase)))
        {
            if (partition != "default" && only is null)
            {
                text.Append("switch ns partition ").Append(partition).Append('\n');
            }

            foreach (var line in Lines(node, store, partition))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Lines(Node node, Store store, string partition)
    {
        var kinds = store.Kinds.Where(k => k.Partition == partition).Select(k => k.Type).Distinct()
            .OrderBy(t => Array.IndexOf(First, t) is var i && i >= 0 ? i : t.EndsWith("_binding", StringComparison.Ordinal) ? 300 : Vservers.Contains(t) ? 200 : 100).ThenBy(t => t, StringComparer.Ordinal);
        foreach (var name in kinds)
        {
            var type = NitroSchema.Find(name)!;
            foreach (var row in store.Rows(partition, name))
            {
                foreach (var line in Object(node, type, row))
                {
                    yield return line;
                }
            }
        }
    }

    private static IEnumerable<string> Object(Node node, ResourceType type, Row row)
    {
        switch (type.Name)
        {
            case "nsconfig":
                yield return $"set ns config -IPAddress {node.Address} -netmask 255.255.255.0";
                if (row.Text("timezone") is { } zone)
                {
                    yield return $"set ns param -timezone {CliText.Quote(zone)}";
                }

                yield break;
            case "nshostname":
                yield return $"set ns hostName {CliText.Quote(row.Text("hostname")!)}";
                yield break;
            case "nsfeature" or "nsmode":
                yield return $"enable {CliNoun.Of(type.Name)} {string.Join(' ', row.List(type.Name[2..]))}";
                yield break;
            case not "nsconfig" when type.Singleton && !row.Values.Any():
                // settings that were only looked at
                yield break;
            case "hanode" when row.Is("id", "0"):
                yield break;
            case "systemuser":
                yield return CliText.Line("add", type, Only(row, ["username"])) + " 2e7c4a9d0f -encrypted -hashmethod SHA512";
                yield break;
            case "nsacl" or "nsacl6":
                yield return CliText.Line("add", type, row) + (node.Acls.Any(a => a.Name == row.Text(type.Key!)) ? " -kernelstate SFAPPLIED61" : "");
                yield break;
        }

        if (type.IsBinding)
        {
            yield return CliText.Line("bind", type, row);
        }
        else
        {
            var writable = type.AddArguments.Concat(type.UpdateArguments).Append("state").ToHashSet(StringComparer.Ordinal);
            yield return CliText.Line(type.Singleton ? "set" : "add", type, Only(row, row.Values.Select(v => v.Key).Where(writable.Contains).Where(k => k != "state" || row.Is("state", "DISABLED"))));
        }
    }

    private static Row Only(Row row, IEnumerable<string> names)
    {
        var copy = new Row();
        foreach (var (name, value) in row.Values.Where(v => names.Contains(v.Key)))
        {
            copy.Set(name, value.DeepClone());
        }

        return copy;
    }
}
