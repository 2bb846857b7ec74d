using System;
using System.Collections.Generic;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Rules written in tests.</summary>
internal static class SigmaText
{
    private const string Head = "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n";

    public static RuleSet Read(string selection) => Files(("r.yml", Head + "  selection:\n" + selection + "\n  condition: selection\n"));

    public static RuleSet Files(params (string Name, string Text)[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, text) in files)
        {
            folder.File(name, System.Text.Encoding.UTF8.GetBytes(text));
        }

        return RuleSet.Load([folder.Path], new YamlReader());
    }

    // the one rule as a test of cs-uri, straight, without the forms of a request
    public static Func<string, bool> Load(string selection)
    {
        var rules = Read(selection.Replace("cs-uri", "message", StringComparison.Ordinal).Replace("cs-referer", "level", StringComparison.Ordinal));
        Assert.Empty(rules.Skipped);
        var rule = Assert.Single(rules.LogRules);
        rule.LogTypes = [LogTypes.HttpError];
        var matcher = rules.MatcherFor(LogTypes.HttpError);
        return value =>
        {
            var record = new LogRecord();
            record.Reset(LogTypes.HttpError, value);
            record.Set("message", value);
            var hits = new List<LogRule>();
            matcher.Match(record, hits);
            Assert.True(hits.Count == 0 || matcher.IsCandidate(System.Text.Encoding.Latin1.GetBytes(value)), "the prefilter would have dropped it");
            return hits.Count == 1;
        };
    }
}
