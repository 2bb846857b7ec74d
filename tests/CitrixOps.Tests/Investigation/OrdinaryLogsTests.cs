using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>Nobody is woken by an ordinary month, nor by the logs of other products.</summary>
public sealed class OrdinaryLogsTests
{
    public static IEnumerable<object[]> Months() => LogTypes.Firewall.Concat([LogTypes.NsVpn, LogTypes.Notice, LogTypes.Auth]).Select(t => new object[] { t });

    [Theory]
    [MemberData(nameof(Months))]
    public void An_ordinary_month_has_no_finding_above_low(string type)
    {
        var lines = OrdinaryMonth.Of(type, 3).ToList();
        Assert.True(lines.Count > 1000);
        AssertQuiet(type, lines);
    }

    [Fact]
    public void The_logs_of_other_products_have_none()
    {
        var lines = OrdinaryMonth.OtherProducts(3).ToList();
        foreach (var type in LogTypes.All)
        {
            AssertQuiet(type, lines);
        }
    }

    [Fact]
    public void The_logs_of_a_gateway_where_nothing_happened_have_none()
    {
        using var folder = new TemporaryFolder();
        var options = new CaseOptions { RequestsPerDay = 200 };
        var path = GatewayCase.Build(options).WriteTarGz(folder.Path, options.RootName);
        var findings = Shipped.Search(new Problems(), new InvestigationOptions(), path).SelectMany(r => r.Findings);

        Assert.Empty(findings.Where(f => f.Severity > Severity.Low).Select(f => f.IndicatorId + ": " + f.Excerpt));
    }

    private static void AssertQuiet(string type, List<string> lines)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("month.txt", string.Join("\n", lines) + "\n");
        var results = Shipped.Search(new Problems(), new InvestigationOptions { LogType = type, Since = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }, file);

        Assert.Equal(lines.Count, results.Sum(r => r.Lines));
        Assert.Empty(results.SelectMany(r => r.Findings).Where(f => f.Severity > Severity.Low).Select(f => type + " " + f.IndicatorId + ": " + f.Excerpt));
    }
}
