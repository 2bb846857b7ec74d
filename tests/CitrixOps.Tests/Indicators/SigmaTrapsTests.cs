using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Correlating;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>What other engines are known to get wrong.</summary>
public sealed class SigmaTrapsTests
{
    [Theory]
    [InlineData("    cs-uri|contains|cased: 'DoAs'", "?DoAs=", true)]
    [InlineData("    cs-uri|contains|cased: 'DoAs'", "?doas=", false)]
    [InlineData("    cs-uri|contains: 'a'", "A", true)]
    [InlineData("    cs-uri: ['get', 'x']", "GET", true)]
    [InlineData("    cs-uri: 404", "404", true)]
    [InlineData("    cs-uri|contains: '?doAs='", "xdoAs=", true)]
    [InlineData("    cs-uri|contains: '\\?doAs='", "xdoAs=", false)]
    [InlineData("    cs-uri: 'C:\\a'", "c:\\A", true)]
    [InlineData("    cs-uri: 'a\\\\*'", "a\\b", true)]
    [InlineData("    cs-uri|contains: '\u00e9'", "\u00c3\u00a9", true)]
    [InlineData("    cs-uri|contains: '\u00e9'", "\u00c3\u0089", false)]
    [InlineData("    cs-uri|contains|all: ['a', 'b']", "ba", true)]
    [InlineData("    cs-uri|contains|all: ['a', 'b']", "aa", false)]
    [InlineData("    cs-uri|windash|contains: '-exec bypass'", "x /exec bypass", true)]
    [InlineData("    cs-uri|windash|contains: '-exec bypass'", "x \u00e2\u0080\u0093exec bypass", true)]
    [InlineData("    cs-uri|windash|contains: 'a-b'", "a/b", false)]
    [InlineData("    cs-uri|re: 'a.c'", "a\nc", false)]
    [InlineData("    cs-uri|re|s: 'a.c'", "a\nc", true)]
    [InlineData("    cs-uri|re: '^c'", "a\nc", false)]
    [InlineData("    cs-uri|re|m: '^c'", "a\nc", true)]
    [InlineData("    cs-uri|re: '.{5}'", "abcd", false)]
    [InlineData("    cs-uri|neq: 'x'", "y", true)]
    [InlineData("    cs-uri|gt: 5", "05.5", true)]
    [InlineData("    cs-uri|gt: 5", "x", false)]
    [InlineData("    cs-uri|cidr: '2001:db8::/32'", "2001:DB8::1", true)]
    [InlineData("    cs-uri|cidr: ['10.0.0.0/8', '192.0.2.128/25']", "192.0.2.127", false)]
    public void A_value_means_what_the_specification_says(string selection, string value, bool expected) => Assert.Equal(expected, SigmaText.Load(selection)(value));

    [Theory]
    [InlineData("/bin/sh -")]
    [InlineData("/bin/sh -c")]
    [InlineData("/bin/sh -c ")]
    public void Base64_is_found_at_every_offset_whatever_stands_beside_it(string wanted)
    {
        var test = SigmaText.Load($"    cs-uri|base64offset|contains: '{wanted}'");
        foreach (var before in new[] { "", "o", "oo", "ooo", "x", "x\u00ff", "\u0001\u007f" })
        {
            // the bits of what follows share a character with the last bits of the text
            foreach (var after in new[] { "", " id", "z", "~", "\u0001", "\u00ff", "\u007f\u007f" })
            {
                Assert.True(test("run " + Convert.ToBase64String(Encoding.Latin1.GetBytes(before + wanted + after))), before + wanted + after);
            }
        }

        Assert.False(test(Convert.ToBase64String("/bin/s_ -c"u8.ToArray())));
    }

    [Fact]
    public void Wide_text_is_found_in_base64()
    {
        var test = SigmaText.Load("    cs-uri|wide|base64offset|contains: 'whoami'");
        Assert.True(test(Convert.ToBase64String(Encoding.Unicode.GetBytes("x;whoami"))));
    }

    [Theory]
    [InlineData("    cs-uri|base64: 'a*'", "wildcard")]
    [InlineData("    cs-uri|re|i|x: 'a'", "'x'")]
    [InlineData("    cs-uri|gt: 'a'", "number")]
    [InlineData("    cs-uri|cidr: '10.0.0.0/40'", "network")]
    public void What_is_not_known_refuses_the_rule(string selection, string reason) => Assert.Contains(reason, SigmaText.Read(selection).Skipped.Single().Reason);

    [Fact]
    public void An_absent_field_is_not_equal_and_not_like_anything()
    {
        var rules = SigmaText.Files(("r.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n  other:\n    cs-username: 'jan'\n  condition: not other\n"));
        var matcher = rules.MatcherFor(LogTypes.HttpAccess);
        var record = new LogRecord();
        record.Reset(LogTypes.HttpAccess, "x");
        var hits = new List<LogRule>();
        matcher.Match(record, hits);

        Assert.Single(hits);
        Assert.True(matcher.LooksAtEveryLine);
    }

    [Fact]
    public void A_filter_takes_away_what_it_names()
    {
        const string Rule = "title: A rule for a test\nid: {0}\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n  s:\n    cs-uri|contains: 'a'\n  condition: s\n";
        var rules = SigmaText.Files(("one.yml", Rule.Replace("{0}", "i1")), ("two.yml", Rule.Replace("{0}", "i2")),
            ("own.yml", "title: Our own scanner\nfilter:\n  rules: [one]\n  scanner:\n    c-ip|cidr: '192.0.2.0/24'\n  condition: not scanner\n"));
        var record = new LogRecord();
        record.Reset(LogTypes.HttpAccess, "a");
        record.Set("cs-uri", "a");
        record.Set("c-ip", "192.0.2.9");
        var hits = new List<LogRule>();
        rules.MatcherFor(LogTypes.HttpAccess).Match(record, hits);

        Assert.Empty(rules.Skipped);
        Assert.Equal("two", Assert.Single(hits).Id);
    }

    [Theory]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    gte: 2", "10,70", true)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    gte: 2", "10,71", false)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    gte: 2", "59,61", true)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    gt: 1\n    lt: 3", "1,2,3", true)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    eq: 3", "1,2", false)]
    [InlineData("type: value_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    field: cs-uri\n    gte: 2", "1,2", true)]
    [InlineData("type: value_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    field: cs-method\n    gte: 2", "1,2", false)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  group-by: [who]\n  aliases:\n    who:\n      one: cs-method\n  condition:\n    gte: 2", "1,2", true)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  group-by: [nobody]\n  condition:\n    gte: 2", "1,2", false)]
    public void A_correlation_counts_as_the_specification_says(string correlation, string seconds, bool expected)
    {
        var rules = SigmaText.Files(("one.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n  s:\n    cs-uri|contains: 'a'\n  condition: s\n"), ("c.yml", "title: A correlation\nname: c\ncorrelation:\n  " + correlation + "\n"));
        Assert.Empty(rules.Skipped);
        var correlator = new Correlator<string>(rules.Correlations);
        foreach (var second in seconds.Split(','))
        {
            correlator.Add(rules.LogRules[0], f => f switch { "cs-uri" => "/a" + second, "cs-method" => "GET", _ => null }, DateTimeOffset.UnixEpoch.AddSeconds(int.Parse(second, System.Globalization.CultureInfo.InvariantCulture)), second);
        }

        Assert.Equal(expected, correlator.Complete().Any());
    }

    [Theory]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m", "condition", 4)]
    [InlineData("type: temporal\n  rules: [one]\n  timespan: 1y", "timespan", 6)]
    [InlineData("type: event_count\n  rules: [one]\n  timespan: 1m\n  condition:\n    about: 3", "about", 8)]
    [InlineData("type: temporal\n  rules: [nothere]\n  timespan: 1m", "nothere", 5)]
    [InlineData("type: temporal\n  rules: [one]\n  timespan: 1m\n  unheard: 1", "unheard", 7)]
    public void A_correlation_that_could_never_hold_is_reported(string correlation, string reason, int line)
    {
        var skipped = SigmaText.Files(("c.yml", "title: A correlation\nname: c\ncorrelation:\n  " + correlation + "\n")).Skipped.Single();

        Assert.Contains(reason, skipped.Reason);
        Assert.Equal(line, skipped.Line);
    }
}
