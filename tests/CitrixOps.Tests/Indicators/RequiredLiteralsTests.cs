using System;
using System.IO;
using System.Linq;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The literals with which other tools find candidate lines.</summary>
public sealed class RequiredLiteralsTests
{
    // what makes a request's normalised form differ from the request
    private static readonly string[] Encoded = ["%", "\\", ";", "//", "/."];

    [Fact]
    public void A_line_that_a_rule_holds_on_as_logged_has_one_of_its_literals()
    {
        var looked = 0;
        foreach (var rule in Shipped.Rules.LogRules.Where(r => r.RequiredLiterals is not null))
        {
            var examples = Path.Combine(Repository.Root, "tests", "data", "rules", rule.Id + ".txt");
            var lines = File.Exists(examples) ? File.ReadLines(examples).Where(l => l.StartsWith("+ ", StringComparison.Ordinal)) : [];
            foreach (var line in lines.Where(l => rule.LogTypes.All(t => t != Logs.LogTypes.HttpAccess) || !Encoded.Any(e => l.Replace("://", "", StringComparison.Ordinal).Contains(e, StringComparison.Ordinal))))
            {
                looked++;
                Assert.True(rule.RequiredLiterals!.Any(l => line.Contains(l, StringComparison.OrdinalIgnoreCase)), $"{rule.Id}: {line}");
            }
        }

        Assert.True(looked > 50, $"only {looked} lines were looked at");
    }

    [Fact]
    public void They_are_those_of_the_rule()
    {
        var literals = Shipped.Rules.LogRules.Single(r => r.Id == "payload-markers").RequiredLiterals;

        Assert.Contains("exec-ok", literals!);
        Assert.All(literals!, l => Assert.Equal(l.ToLowerInvariant(), l));
    }
}
