using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Appliances.Sources;

namespace CitrixOps.Appliances.Configuration;

/// <summary>
/// A parsed configuration: statements in order, and the objects that result when later statements have changed or removed earlier
/// ones. Accepts ns.conf, a running configuration, and a console capture of one.
/// </summary>
public sealed class NsConfiguration
{
    private const int LongestLine = 64 * 1024;
    private const int LongestValue = 200;
    private const int MostStatements = 2_000_000;
    private static readonly string[] Verbs = { "add", "set", "bind", "unbind", "unset", "enable", "disable", "rm", "switch", "link", "create", "apply", "clear", "update", "rename", "sync" };
    private static readonly string[] OneWordTypes = { "server", "service", "serviceGroup", "nat64", "vlan", "route", "route6", "monitor", "location", "arp", "interface", "channel", "cluster", "policy" };
    private static readonly string[] TypesWithoutName = { "ns config", "ns param", "ns tcpParam", "ns httpParam", "ns feature", "ns mode", "ns hostName", "dns parameter", "system parameter", "lb parameter", "snmp option", "snmp mib", "ssl parameter", "ha node" };

    private readonly string[] _read;
    private readonly bool _lacksDefault;

    private NsConfiguration(List<NsStatement> statements, string? head, string[]? read = null, bool lacksDefault = false)
    {
        Statements = statements;
        Head = head;
        _read = read ?? Array.Empty<string>();
        _lacksDefault = lacksDefault;
        Objects = NsObject.Resolve(statements);
    }

    /// <summary>The statements in order.</summary>
    public IReadOnlyList<NsStatement> Statements { get; }

    /// <summary>The objects as they are in the end.</summary>
    public IReadOnlyList<NsObject> Objects { get; }

    /// <summary>The version text of the head (<c>#NS13.1 Build 59.22</c>), or null.</summary>
    public string? Head { get; }

    /// <summary>The host name, or null.</summary>
    public string? HostName => Last("ns hostName")?.Arguments.FirstOrDefault();

    /// <summary>The management address, or null.</summary>
    public string? Nsip => Last("ns config", "-IPAddress")?.Options["-IPAddress"];

    /// <summary>The other node of the HA pair, or null.</summary>
    public string? PeerAddress => Statements.LastOrDefault(s => Is(s.Type, "ha node") && Is(s.Verb, "add"))?.Arguments is { Count: > 1 } arguments ? arguments[1] : null;

    /// <summary>The zone of the clock: the IANA part of <c>GMT+01:00-CET-Europe/Amsterdam</c>, or null.</summary>
    public string? TimeZone => ApplianceZone.Name(Last("ns param", "-timezone")?.Options["-timezone"]);

    /// <summary>The partitions that have statements, the default one first.</summary>
    public IReadOnlyList<string> Partitions => Statements.Select(s => s.Partition).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>The partitions beside the default one that the configuration names.</summary>
    public IReadOnlyList<string> NamedPartitions => Objects.Where(o => Is(o.Type, "ns partition")).Select(o => o.Name).Where(n => !Is(n, "default")).ToArray();

    /// <summary>The partitions that the configuration names and whose statements it does not hold: the appliance keeps them in files of their own.</summary>
    public IReadOnlyList<string> MissingPartitions => NamedPartitions.Except(Partitions.Concat(_read), StringComparer.OrdinalIgnoreCase).Concat(_lacksDefault ? new[] { "default" } : Array.Empty<string>()).ToArray();

    /// <summary>A configuration of which not even the default partition is known.</summary>
    internal static NsConfiguration WithoutDefault { get; } = new(new List<NsStatement>(), null, lacksDefault: true);

    /// <summary>The configuration together with that of a partition, which lies in a file of its own.</summary>
    /// <param name="partition">The name of the partition.</param>
    /// <param name="configuration">Its configuration.</param>
    public NsConfiguration With(string partition, NsConfiguration configuration) =>
        new(Statements.Concat(configuration.Statements.Select(s => s.In(partition))).ToList(), Head, _read.Append(partition).ToArray(), _lacksDefault);

    /// <summary>Tells from its first lines whether a text is a configuration.</summary>
    /// <param name="head">The first characters.</param>
    public static bool LooksLike(string head)
    {
        var lines = head.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Take(40).ToArray();
        var commands = lines.Count(l => l[0] != '#' && IsVerb(l) && l.Split(' ').Length >= 3);
        return lines.Any(l => IsHead(l)) || (commands >= 2 && commands * 2 >= lines.Count(l => l[0] != '#'));
    }

    /// <summary>Reads a configuration.</summary>
    /// <param name="reader">The text.</param>
    /// <returns>The configuration; statements that cannot be read are left out.</returns>
    public static NsConfiguration Parse(TextReader reader)
    {
        var statements = new List<NsStatement>();
        string? head = null;
        var partition = "default";
        var number = 0;
        while (BoundedLine.Read(reader, LongestLine) is { } line && statements.Count < MostStatements)
        {
            number++;
            var text = line.Trim().TrimStart('\ufeff');
            text = text.StartsWith("> ", StringComparison.Ordinal) ? text.Substring(2).TrimStart() : text;
            if (IsHead(text))
            {
                head ??= text.TrimStart('#', ' ');
                continue;
            }

            if (text.Length == 0 || text[0] == '#' || !IsVerb(text))
            {
                continue;
            }

            // a line that ends in a lone backslash goes on in the next
            while (text.EndsWith(" \\", StringComparison.Ordinal) && BoundedLine.Read(reader, LongestLine) is { } more)
            {
                number++;
                text = text.Substring(0, text.Length - 1) + more.Trim();
            }

            // so does a value in quotes, up to the next statement
            for (var joined = 0; joined < LongestValue && text.Length < LongestLine && NsTokens.IsOpen(text) && BoundedLine.Read(reader, LongestLine) is { } rest; joined++)
            {
                number++;
                text += "\n" + rest;
            }

            if (Statement(text, number, partition) is not { } statement)
            {
                continue;
            }

            if (Is(statement.Verb, "switch") && Is(statement.Type, "ns partition"))
            {
                partition = statement.Name;
                continue;
            }

            statements.Add(statement);
        }

        return new NsConfiguration(statements, head);
    }

    internal static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private NsStatement? Last(string type, string? option = null) =>
        Statements.LastOrDefault(s => Is(s.Type, type) && s.Verb is "set" or "add" && (option is null || s.Options.ContainsKey(option)));

    private static bool IsHead(string line)
    {
        var text = line.TrimStart('#', ' ');
        return text.Length < line.Length && text.StartsWith("NS", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && char.IsDigit(text[2]) && text.IndexOf("Build", StringComparison.OrdinalIgnoreCase) > 0;
    }

    private static bool IsVerb(string line)
    {
        var blank = line.IndexOf(' ');
        return blank > 0 && Verbs.Contains(line.Substring(0, blank), StringComparer.OrdinalIgnoreCase);
    }

    private static NsStatement? Statement(string text, int line, string partition)
    {
        var words = NsTokens.Split(text);
        if (words.Count < 2)
        {
            return null;
        }

        var one = OneWordTypes.Contains(words[1].Text, StringComparer.OrdinalIgnoreCase) || words.Count == 2 || words[2].Text.StartsWith("-", StringComparison.Ordinal);
        var type = one ? words[1].Text : words[1].Text + " " + words[2].Text;
        var position = one ? 2 : 3;
        var name = "";
        if (!TypesWithoutName.Contains(type, StringComparer.OrdinalIgnoreCase) && position < words.Count && !IsOption(words[position]))
        {
            name = words[position++].Text;
        }

        var arguments = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (; position < words.Count; position++)
        {
            if (!IsOption(words[position]))
            {
                arguments.Add(words[position].Text);
                continue;
            }

            var option = words[position].Text;
            var value = position + 1 < words.Count && !IsOption(words[position + 1]) ? words[++position].Text : "";
            options[option] = SecretOptions.Names(option) ? "" : value;
        }

        return new NsStatement(line, partition, words[0].Text.ToLowerInvariant(), type, name, arguments, options);
    }

    // -12 is a number, "-x" in quotes a value
    private static bool IsOption((string Text, bool Quoted) word) =>
        !word.Quoted && word.Text.Length > 1 && word.Text[0] == '-' && !double.TryParse(word.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
