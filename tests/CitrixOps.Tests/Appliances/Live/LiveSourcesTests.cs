using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Investigation;
using CitrixOps.Simulator.State;
using Xunit;

namespace CitrixOps.Tests.Appliances.Live;

/// <summary>A running gateway as a source to search.</summary>
public sealed class LiveSourcesTests : LivePair
{
    private readonly Problems _problems = new();

    public LiveSourcesTests()
        : base("vulnerable-2020-121-success")
    {
    }

    [Fact]
    public async Task Logs_are_copied_before_the_node_is_asked_about_itself()
    {
        using var source = (await Collect())[0];

        var copied = Text(source, "ns.log");

        Assert.NotEmpty(copied);
        Assert.DoesNotContain("show ns runningConfig", copied);
        Assert.Contains("show ns runningConfig", First.ReadText("/var/log/ns.log"));
    }

    [Fact]
    public async Task Both_nodes_are_read_and_nothing_is_written()
    {
        var sources = await Collect();

        Assert.Equal(2, sources.Count);
        Assert.Empty(_problems.Reported);
        Assert.Equal([0, 0], Host.Nodes.Select(n => n.Counters.Writes));
        Assert.All(sources, s => Assert.Contains("calls to", s.Notes[0]));
        sources.ToList().ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task A_search_of_a_running_gateway_finds_the_success()
    {
        var sources = await Collect();
        var options = new InvestigationOptions { Since = new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2020, 1, 17, 0, 0, 0, TimeSpan.Zero) };

        var result = new Investigator(Shipped.Rules, Shipped.Catalogue, options, DateTimeOffset.UnixEpoch.AddYears(60)).Search(sources, keepFindings: true, _problems, CancellationToken.None).Single();

        Assert.Equal(InvestigationVerdict.Compromised, result.Verdict);
        Assert.NotEmpty(result.Notes);
        sources.ToList().ForEach(s => s.Dispose());
    }

    [Theory]
    [InlineData(BeyondCeiling.Truncated, "FileIncomplete")]
    [InlineData(BeyondCeiling.Empty, "FileIncomplete")]
    [InlineData(BeyondCeiling.Error, "NitroError")]
    public async Task A_file_the_appliance_cannot_deliver_is_said_to_be_missing(BeyondCeiling beyond, string id)
    {
        First.PutFile("/var/log/httpaccess.log.9.gz", new byte[5000]);
        First.LimitFiles(new FileLimits(4000, beyond));

        using var source = (await Collect())[0];

        Assert.Equal(id, Assert.Throws<CitrixOpsException>(() => Text(source, "httpaccess.log.9.gz")).Problem.Id);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_not_asked_for()
    {
        First.PutFile("/var/log/httpaccess.log.9.gz", new byte[(8 << 20) + 1]);

        using var source = (await Collect())[0];

        Assert.Equal("FileTooLarge", Assert.Throws<CitrixOpsException>(() => Text(source, "httpaccess.log.9.gz")).Problem.Id);
    }

    [Fact]
    public async Task Copies_are_gone_when_the_source_is_disposed()
    {
        var source = (await Collect())[0];
        var file = source.Files(CancellationToken.None).First(f => f.Name == "ns.log");
        source.Dispose();

        Assert.ThrowsAny<Exception>(() => file.OpenRead().Dispose());
    }

    [Theory]
    [InlineData("/etc/syslog.conf", "*.err /var/log/messages\nauth.* /var/log/auth.log\nlocal0.* /dev/null\n", "log-configuration-to-nowhere")]
    [InlineData("/nsconfig/syslog.conf", "*.err /var/log/messages\nauth.* /var/log/auth.log\n", "log-configuration-incomplete")]
    [InlineData("/nsconfig/newsyslog.conf", "/var/log/httpaccess.log 600 5 100 * ZB\n", "rotation-removed")]
    [InlineData("/etc/crontab", "*/5 * * * * root /var/tmp/x\n", "crontab-suspicious")]
    [InlineData("/nsconfig/rc.netscaler", "#!/bin/sh\npython3 -c 'import os'\n", "boot-script-inline-code")]
    [InlineData("/nsconfig/httpd.conf", "AddType application/x-httpd-php .sig\n", "httpd-php-for-static-files")]
    [InlineData("/var/netscaler/logon/LogonPoint/custom/x.php", "x", "php-in-logon-pages")]
    [InlineData("/root/.ssh/authorized_keys", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA x\n", "authorized-keys")]
    public async Task What_lies_on_a_running_gateway_is_looked_at_as_far_as_it_tells(string path, string content, string indicator)
    {
        First.PutFile(path, Encoding.ASCII.GetBytes(content));
        var sources = await Collect();
        var options = new InvestigationOptions { Since = new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2040, 1, 17, 0, 0, 0, TimeSpan.Zero) };

        var result = new Investigator(Shipped.Rules, Shipped.Catalogue, options, DateTimeOffset.UnixEpoch.AddYears(60)).Search(sources, keepFindings: true, _problems, CancellationToken.None).Single();

        Assert.Contains(result.Findings, f => f.IndicatorId == indicator && f.Node == First.Address);
        Assert.DoesNotContain(result.Findings, f => f.IndicatorId == indicator && f.Node == Second.Address);
        Assert.Contains(result.Notes, n => n.Contains("neither owner nor rights", StringComparison.Ordinal));
        sources.ToList().ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Facts_name_running_and_next_build_and_the_configuration()
    {
        var facts = await LiveFacts.ReadAllAsync(await GatewayAsync(), (p, _) => _problems.Report(p), CancellationToken.None);

        Assert.Equal(2, facts.Count);
        Assert.Equal([CitrixOps.Appliances.VersionRole.Running, CitrixOps.Appliances.VersionRole.NextBoot], facts[0].Versions.Select(v => v.Role));
        Assert.NotNull(facts[0].Configuration);
        Assert.Equal(Second.Address, facts[0].PeerAddress);
    }

    private async Task<System.Collections.Generic.IReadOnlyList<LiveSource>> Collect() => await LiveSources.CollectAsync(await GatewayAsync(), Shipped.Rules.FileIndicators, (p, _) => _problems.Report(p), CancellationToken.None);

    private static string Text(LiveSource source, string name)
    {
        using var reader = new StreamReader(source.Files(CancellationToken.None).First(f => f.Name == name).OpenRead(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
