using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>
/// What a rule excuses (the parts behind its NOT) an attacker can write as well. Each excuse is added to the rule's own lines, before,
/// behind and inside, and what is found may not become less.
/// </summary>
public sealed class ExcuseTests
{
    // rules with a NOT, each with what its NOT lets through, and what must be found instead where the excuse is not the attacker's to give
    private static readonly Dictionary<string, (string[] Excuses, string? Instead)> Known = new(StringComparer.Ordinal)
    {
        ["shell-apt41-payload"] = (Looks, null),
        ["shell-lateral-exploit"] = (Looks, null),
        ["shell-notrobin"] = (Looks, null),
        ["shell-theme-web-shell"] = (Looks, null),
        ["shell-keys-touched"] = (Looks, null),

        // the engine names the module that speaks; whoever writes its name into a user name is found all the same
        ["shell-space-in-log"] = (["default APPFW APPFW_SQL 1 0 :  ", " APPFW ", "module APPFW : "], null),

        // the status is the gateway's answer: another rule takes the line
        ["web-shell-name-asked"] = ([], "web-shell-name-answered"),

        // a lead about scanners, which the referer of a page clears: whoever forges one is not found by it
        ["build-fingerprint"] = ([], null),

        // the networks are the organisation's own; an attacker inside them is not found by it
        ["gateway-calls-elsewhere"] = ([], null),
    };

    private static string[] Looks => ["ls /tmp; ", "grep x /tmp/a; ", "cat /tmp/a | ", "stat /tmp/a && ", "find /tmp; ", "echo a & ", "test -f /tmp/a || ", "ls $(", "ls `", "head -1 /tmp/a#012", "ls >"];

    private static readonly ConcurrentDictionary<string, LogMatcher> Matchers = new(StringComparer.Ordinal);

    public static IEnumerable<object[]> Ids() => Known.Select(k => new object[] { k.Key });

    [Fact]
    public void Every_rule_that_excuses_something_is_tried()
    {
        var excusing = Directory.EnumerateFiles(Path.Combine(Repository.ModuleData, "rules"), "*.yml", SearchOption.AllDirectories).Where(f => Path.GetFileName(f)[0] != '_')
            .Where(f => new YamlReader().Read(File.ReadAllText(f)).OfType<YamlMapping>().Any(r => r["detection"] is YamlMapping d && (Negates(d["condition"]) || Keys(d).Any(k => k.Contains("|neq", StringComparison.Ordinal)))))
            .Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

        Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), excusing);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_excuse_hides_what_the_rule_finds(string id)
    {
        var rule = Shipped.Rules.LogRules.SingleOrDefault(r => r.Id == id);
        var (excuses, instead) = Known[id];
        if (excuses.Length == 0)
        {
            // nothing that carries a verdict may rest on an excuse that an attacker can give himself
            Assert.True(rule is null || rule.Grade == Grade.Pivot || instead is not null, id);
            Assert.True(instead is null || Shipped.Rules.LogRules.Single(r => r.Id == instead).Severity >= rule!.Severity);
            return;
        }

        foreach (var line in File.ReadAllLines(Repository.Data("rules", id + ".txt"), Encoding.Latin1).Where(l => l[0] == '+').Select(l => l[2..]))
        {
            foreach (var excuse in excuses)
            {
                var start = line.IndexOf("shell_command=\"", StringComparison.Ordinal) is var command && command >= 0 ? command + 15 : line.IndexOf(" : ", line.IndexOf("PPE-", StringComparison.Ordinal) + 10, StringComparison.Ordinal) + 3;
                foreach (var changed in new[] { line.Insert(start, excuse), command >= 0 ? line[..^1] + "; " + excuse + "x\"" : line + " " + excuse })
                {
                    Assert.True(Matches(rule!, changed), changed);
                }
            }
        }
    }

    private static bool Negates(YamlNode? condition) => condition is YamlScalar text && text.Text.Split(' ', '(', ')').Contains("not", StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Keys(YamlNode? node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(e => Keys(e.Value).Append(e.Key.Text)),
        YamlSequence list => list.Items.SelectMany(Keys),
        _ => [],
    };

    private static bool Matches(LogRule rule, string line)
    {
        var record = new LogRecord();
        record.Reset(rule.LogTypes[0], line);
        LogFormats.ByType(rule.LogTypes[0])!.Parse(record);
        var hits = new List<LogRule>();
        Matchers.GetOrAdd(rule.LogTypes[0], Shipped.Rules.MatcherFor).Match(record, hits);
        return hits.Any(h => h.Id == rule.Id);
    }
}
