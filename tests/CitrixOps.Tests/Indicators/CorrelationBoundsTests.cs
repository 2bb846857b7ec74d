using System;
using System.Globalization;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Correlating;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Hits without end: what a correlator keeps is bounded, and a count that is reached is found all the same.</summary>
public sealed class CorrelationBoundsTests
{
    private const string Rule = "title: A rule for a test\nid: asked\nlogsource:\n  product: netscaler\n  service: httpaccess\ndetection:\n  s:\n    cs-uri|contains: 'a'\n  condition: s\n";

    [Fact]
    public void A_burst_among_very_many_lonely_hits_is_found()
    {
        var (correlator, rule) = Load("gte: 80");
        for (var i = 0; i < 90_000; i++)
        {
            Add(correlator, rule, "198.51.100." + (i % 30_000).ToString(CultureInfo.InvariantCulture), TimeSpan.FromDays(i / 30_000));
            if (i is > 30_000 and <= 30_080)
            {
                Add(correlator, rule, "busy", TimeSpan.FromSeconds(i));
            }
        }

        Assert.True(correlator.Dropped > 30_000);
        Assert.Equal(80, Assert.Single(correlator.Complete()).Hits.Count);
    }

    [Theory]
    [InlineData("gte: 2")]
    [InlineData("eq: 80")]
    [InlineData("lt: 80")]
    public void Where_fewer_hits_might_change_the_answer_those_that_come_too_late_are_refused(string condition)
    {
        var (correlator, rule) = Load(condition);
        for (var i = 0; i < 70_000; i++)
        {
            Add(correlator, rule, "198.51.100." + (i % 30_000).ToString(CultureInfo.InvariantCulture), TimeSpan.FromDays(i));
        }

        Assert.Equal(10_000, correlator.Dropped);
    }

    private static (Correlator<string> Correlator, LogRule Rule) Load(string condition)
    {
        var rules = SigmaText.Files(("asked.yml", Rule), ("count.yml", $"title: A correlation\nname: corr\ncorrelation:\n  type: event_count\n  rules: [asked]\n  group-by: [c-ip]\n  timespan: 1h\n  condition:\n    {condition}\n"));
        Assert.Empty(rules.Skipped);
        return (new Correlator<string>(rules.Correlations), rules.LogRules.Single());
    }

    private static void Add(Correlator<string> correlator, LogRule rule, string address, TimeSpan time) =>
        correlator.Add(rule, f => f == "c-ip" ? address : null, DateTimeOffset.UnixEpoch + time, address);
}
