using System;
using System.Linq;
using System.Text;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The specification 2.1 item by item where engines go wrong: each test is named after what it says.</summary>
public sealed class SigmaSpecificationTests
{
    private static readonly string[] Nets = ["10.1.0.0/16", "2001:db8::/32"];

    [Theory]
    [InlineData("    cs-uri|hour: 3", "'hour'", 12)]
    [InlineData("    cs-uri|week|gte: 3", "'week'", 12)]
    [InlineData("    cs-uri|Contains: 'a'", "'Contains' is unknown", 12)]
    [InlineData("    cs-uri|contains|contains: 'a'", "twice", 21)]
    [InlineData("    cs-uri|i|re: 'a'", "must follow 're'", 12)]
    [InlineData("    cs-uri|re|contains: 'a'", "contradict", 15)]
    [InlineData("    cs-uri|contains|endswith: 'a'", "contradict", 21)]
    [InlineData("    cs-uri|base64|re: 'a'", "contradict", 19)]
    [InlineData("    cs-uri|windash|cidr: '10.0.0.0/8'", "contradict", 20)]
    [InlineData("    cs-uri|exists|neq: true", "contradict", 19)]
    [InlineData("    cs-uri|gt|neq: 5", "contradict", 15)]
    [InlineData("    cs-uri|gt|lt: 5", "contradict", 15)]
    [InlineData("    cs-uri|fieldref|base64: 'a'", "contradict", 21)]
    [InlineData("    cs-uri|base64|base64offset: 'abc'", "contradict", 19)]
    [InlineData("    cs-uri|wide|utf16be|base64: 'abc'", "contradict", 17)]
    [InlineData("    cs-uri|base64offset|wide: 'abc'", "'wide' must stand before 'base64offset'", 25)]
    [InlineData("    cs-uri|base64|windash: 'abc'", "'windash' must stand before 'base64'", 19)]
    [InlineData("    cs-uri|contains|base64offset: 'abc'", "'base64offset' must stand before 'contains'", 21)]
    [InlineData("    'cs-uri|unheard': 'a'", "'unheard'", 13)]
    public void A_modifier_that_would_be_passed_over_refuses_the_rule_at_its_own_place(string selection, string reason, int column)
    {
        var skipped = SigmaText.Read(selection).Skipped.Single();

        Assert.Contains(reason, skipped.Reason);
        Assert.Equal((9, column), (skipped.Line, skipped.Column));
    }

    [Theory]
    [InlineData("    cs-uri|contains: null", "absent")]
    [InlineData("    cs-uri|endswith: ''", "empty")]
    [InlineData("    cs-uri|base64offset|contains: 'a'", "too short")]
    [InlineData("    cs-uri|base64: 'a?'", "wildcard")]
    [InlineData("    cs-uri|exists: maybe", "true or false")]
    [InlineData("    cs-uri|gte: '1.2.3'", "number")]
    [InlineData("    cs-uri|cidr: '10.0.0.1'", "network")]
    [InlineData("    cs-uri: {a: b}", "text or a number")]
    [InlineData("    cs-uri: []", "no value")]
    [InlineData("    cs-uri|re: 'a(?=b)'", "expression")]
    public void A_value_that_the_modifier_cannot_take_refuses_the_rule(string selection, string reason) => Assert.Contains(reason, SigmaText.Read(selection).Skipped.Single().Reason);

    [Theory]
    [InlineData("  s:\n    cs-uri: a\n  timeframe: 5m\n  condition: s", "timespan", 10)]
    [InlineData("  s:\n    cs-uri: a\n  condition: s | count() > 5", "correlation", 10)]
    [InlineData("  s:\n    cs-uri: a\n  condition: 2 of them", "'2 of'", 10)]
    [InlineData("  s:\n    cs-uri: a\n  condition: s and", "ends early", 10)]
    [InlineData("  s:\n    cs-uri: a\n  condition: s s", "not expected", 10)]
    [InlineData("  s:\n    cs-uri: a\n  condition: 1 of filter*", "'filter*'", 10)]
    [InlineData("  s:\n  condition: s", "mapping or a list", 8)]
    [InlineData("  s:\n    - a\n    - b: c\n  condition: s", "mixed", 10)]
    public void A_detection_that_other_engines_take_otherwise_is_refused(string detection, string reason, int line)
    {
        var skipped = SigmaText.Files(("r.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n" + detection + "\n")).Skipped.Single();

        Assert.Contains(reason, skipped.Reason);
        Assert.Equal(line, skipped.Line);
    }

    [Theory]
    [InlineData("-o")]
    [InlineData("/o")]
    [InlineData("\u2013o")]
    [InlineData("\u2014o")]
    [InlineData("\u2015o")]
    public void Windash_takes_each_of_five_dashes_for_any_of_them(string written)
    {
        foreach (var dash in new[] { "-", "/", "\u2013", "\u2014", "\u2015" })
        {
            Assert.True(SigmaText.Load($"    cs-uri|windash|contains: ' {written} '")(Latin1($"cmd {dash}o x")), written + dash);
        }

        Assert.False(SigmaText.Load($"    cs-uri|windash|contains: ' {written} '")("cmd +o x"));
    }

    [Fact]
    public void Windash_makes_variants_before_they_are_encoded()
    {
        var test = SigmaText.Load("    cs-uri|windash|wide|base64offset|contains: ' -enc '");

        Assert.True(test(Convert.ToBase64String(Encoding.Unicode.GetBytes("x /enc y"))));
        Assert.True(test(Convert.ToBase64String(Encoding.Unicode.GetBytes("abc \u2013enc y"))));
    }

    [Theory]
    [InlineData("utf16le", "d2hvYQ", false)]
    [InlineData("utf16le", "dwBoAG8AYQ", true)]
    [InlineData("wide", "dwBoAG8AYQ", true)]
    [InlineData("utf16be", "AHcAaABvAG", true)]
    [InlineData("utf16", "//53AGgAbwBhA", true)]
    public void Sixteen_bits_come_in_the_order_of_the_modifier(string modifier, string value, bool expected) => Assert.Equal(expected, SigmaText.Load($"    cs-uri|{modifier}|base64offset|contains: 'whoa'")(value + "A"));

    [Theory]
    [InlineData("    cs-uri|cased: 'AbC'", "AbC", true)]
    [InlineData("    cs-uri|cased: 'AbC'", "abc", false)]
    [InlineData("    cs-uri|contains|cased: 'A*C'", "xAbbCx", true)]
    [InlineData("    cs-uri|contains|cased: 'A*C'", "xabbcx", false)]
    [InlineData("    cs-uri|neq: ['a', 'b']", "b", false)]
    [InlineData("    cs-uri|neq: ['a', 'b']", "c", true)]
    [InlineData("    cs-uri|contains|neq: 'a'", "xax", false)]
    [InlineData("    cs-uri|contains|all|neq: ['a', 'b']", "xax", true)]
    [InlineData("    cs-uri|re|neq: '^a'", "ab", false)]
    [InlineData("    cs-uri|cidr|neq: '10.0.0.0/8'", "10.2.3.4", false)]
    [InlineData("    '|re': 'a[0-9]c'", "xa5cx", true)]
    [InlineData("    '|all': ['one', 'two']", "two one", true)]
    [InlineData("    '|all': ['one', 'two']", "two", false)]
    [InlineData("    '|base64offset|contains': 'whoami'", "x d2hvYW1p y", true)]
    [InlineData("    cs-uri|gte: 1.5", "1.50", true)]
    [InlineData("    cs-uri|lte: -2", "-3", true)]
    [InlineData("    cs-uri|gt|fieldref: level", "x", false)]
    [InlineData("    cs-uri: 'a\\b'", "a\\b", true)]
    [InlineData("    cs-uri: 'a\\\\?'", "a\\b", true)]
    [InlineData("    cs-uri: 'a\\\\\\?'", "a\\?", true)]
    [InlineData("    cs-uri: '\ud83d\ude00'", "\u00f0\u009f\u0098\u0080", true)]
    [InlineData("    cs-uri: 'true'", "TRUE", true)]
    [InlineData("    cs-uri: true", "true", true)]
    [InlineData("    cs-uri: 'null'", "null", true)]
    public void A_modifier_means_what_the_specification_says(string selection, string value, bool expected) => Assert.Equal(expected, SigmaText.Load(selection)(value));

    [Fact]
    public void Fields_are_compared_as_numbers_where_the_modifier_says_so()
    {
        var rules = SigmaText.Read("    sc-bytes|gt|fieldref: pid");
        var record = new CitrixOps.Logs.LogRecord();
        record.Reset("httpaccess", "x");
        record.Set("sc-bytes", "100");
        record.Set("pid", "99");
        Assert.True(Holds(rules, record));
        record.Set("cs-method", "PurgE");
        record.Set("cs-username", "pURGe");
        Assert.True(Holds(SigmaText.Read("    cs-method|fieldref: cs-username"), record));
        Assert.False(Holds(SigmaText.Read("    cs-method|cased|fieldref: cs-username"), record));
        record.Set("pid", "0100");
        Assert.False(Holds(rules, record));
    }

    [Fact]
    public void Expand_takes_a_placeholder_for_each_of_its_values()
    {
        var rules = Expanded("    c-ip|cidr|expand: '%admin_networks%'", ("admin_networks", Nets));

        Assert.Empty(rules.Skipped);
        Assert.Equal([true, true, false], new[] { "10.1.2.3", "2001:db8::7", "10.2.0.1" }.Select(ip => Holds(rules, Client(ip))));
    }

    [Fact]
    public void Expand_puts_values_into_a_longer_text_in_every_combination()
    {
        var rules = Expanded("    c-ip|endswith|expand: '%a%-%b%'", ("A", ["x", "y"]), ("b", ["1", "2*"]));

        Assert.Equal([true, true, true, false], new[] { "_x-1", "_y-1", "_y-2z", "_z-1" }.Select(ip => Holds(rules, Client(ip))));
    }

    [Fact]
    public void Expand_can_be_negated_and_asked_for_as_a_whole()
    {
        Assert.False(Holds(Expanded("    c-ip|neq|expand: '%own%'", ("own", ["a", "b"])), Client("b")));
        Assert.True(Holds(Expanded("    c-ip|contains|all|expand: ['%own%', 'x']", ("own", ["a", "b"])), Client("xb")));
    }

    [Fact]
    public void A_placeholder_without_a_value_is_reported_and_never_passed_over()
    {
        var rules = Expanded("    c-ip|expand: '%unset%'", ("other", ["a"]));

        var skipped = Assert.Single(rules.Skipped);
        Assert.Contains("'%unset%'", skipped.Reason);
        Assert.Equal((9, 18), (skipped.Line, skipped.Column));
        Assert.Empty(rules.LogRules);
    }

    [Fact]
    public void Percent_signs_mean_nothing_without_expand() => Assert.True(SigmaText.Load("    cs-uri|contains: '%own%'")("a%OWN%b"));

    [Fact]
    public void A_file_beside_the_rules_gives_placeholders_and_the_caller_overrules_it()
    {
        using var folder = new TemporaryFolder();
        folder.File("sub/r.yml", "title: A rule for a test\nlogsource:\n  product: netscaler\n  service: httpaccess\ndetection:\n  s:\n    c-ip|expand: ['%one%', '%two%']\n  condition: s\n");
        folder.File("placeholders.yml", "one: fromfile\ntwo:\n  - filetwo\n");
        var rules = RuleSet.Load([folder.Path], new YamlReader(), new Placeholders([new("two", ["given"])]));

        Assert.Empty(rules.Skipped);
        Assert.Equal([true, false, true], new[] { "fromfile", "filetwo", "given" }.Select(ip => Holds(rules, Client(ip))));
    }

    [Fact]
    public void A_broken_file_of_placeholders_is_reported()
    {
        var skipped = SigmaText.Files(("placeholders.yml", "one:\n  two: three\n")).Skipped.Single();

        Assert.Contains("'one'", skipped.Reason);
        Assert.Equal(2, skipped.Line);
    }

    [Fact]
    public void Documents_of_one_file_are_rules_of_their_own_and_one_that_is_wrong_spoils_no_other()
    {
        const string Rule = "title: A rule for a test\nname: {0}\nlogsource:\n  product: netscaler\n  service: httpaccess\ndetection:\n  s:\n    c-ip: 'a'\n  condition: {1}\n";
        var rules = SigmaText.Files(("r.yml", string.Join("---\n", new[] { ("first", "s"), ("wrong", "t"), ("third", "s") }.Select(r => Rule.Replace("{0}", r.Item1, StringComparison.Ordinal).Replace("{1}", r.Item2, StringComparison.Ordinal)))));

        Assert.Equal(["first", "third"], rules.LogRules.Select(r => r.Id));
        Assert.Equal(19, Assert.Single(rules.Skipped).Line);
    }

    [Theory]
    [InlineData("cs-uri-query|contains: '/../vpns/'", true)]
    [InlineData("c-uri|contains: '/vpns/cfg'", true)]
    [InlineData("cs-uri-query|contains: 'a=1'", true)]
    [InlineData("cs-uri-query|startswith: 'a=1'", true)]
    [InlineData("cs-uri-query|endswith: 'a=1'", true)]
    [InlineData("cs-uri-query|contains: 'nothere'", false)]
    [InlineData("cs-uri-query|neq: '*vpns*'", false)]
    [InlineData("cs-uri-query: null", false)]
    [InlineData("c-useragent|contains: 'curl'", true)]
    [InlineData("cs-useragent|contains: 'curl'", true)]
    [InlineData("cs-method: 'get'", true)]
    [InlineData("sc-status: 200", true)]
    public void Rules_for_web_servers_and_proxies_may_use_their_names(string field, bool expected)
    {
        foreach (var category in new[] { "webserver", "proxy" })
        {
            var rules = SigmaText.Files(("r.yml", $"title: A rule for a test\nlogsource:\n  category: {category}\ndetection:\n  s:\n    {field}\n  condition: s\n"));
            Assert.Empty(rules.Skipped);
            var record = new CitrixOps.Logs.LogRecord();
            record.Reset("httpaccess", "192.0.2.4 - - [28/Nov/2019:22:28:20 +0000] \"GET /vpn/../vpns/cfg?a=1 HTTP/1.1\" 200 1 \"-\" \"curl/7\"");
            CitrixOps.Logs.LogFormats.ByType("httpaccess")!.Parse(record);
            Assert.Equal(expected, Holds(rules, record));
        }
    }

    private static string Latin1(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static CitrixOps.Logs.LogRecord Client(string ip)
    {
        var record = new CitrixOps.Logs.LogRecord();
        record.Reset("httpaccess", ip);
        record.Set("c-ip", ip);
        return record;
    }

    private static bool Holds(RuleSet rules, CitrixOps.Logs.LogRecord record)
    {
        var hits = new System.Collections.Generic.List<LogRule>();
        rules.MatcherFor("httpaccess").Match(record, hits);
        return hits.Count == 1;
    }

    private static RuleSet Expanded(string selection, params (string Name, string[] Values)[] values)
    {
        using var folder = new TemporaryFolder();
        folder.File("r.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n  selection:\n" + selection + "\n  condition: selection\n");
        return RuleSet.Load([folder.Path], new YamlReader(), new Placeholders(values.Select(v => new System.Collections.Generic.KeyValuePair<string, System.Collections.Generic.IReadOnlyList<string>>(v.Name, v.Values))));
    }
}
