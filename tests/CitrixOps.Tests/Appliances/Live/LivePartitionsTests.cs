using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using Xunit;

namespace CitrixOps.Tests.Appliances.Live;

/// <summary>A running gateway with admin partitions: every one of them counts, and one that cannot be read is unknown, not absent.</summary>
public sealed class LivePartitionsTests() : LivePair("topology-partitions")
{
    private const string Oracle = "CVE-2026-88776";

    private string Partition => First.Objects("nspartition")[0]["partitionname"];

    [Fact]
    public async Task A_session_in_a_partition_shows_what_is_seen_from_there()
    {
        var (gateways, _) = await ConnectAsync(Options with { Partition = Partition });
        using var gateway = gateways.Single();

        await gateway.RefreshAsync(CancellationToken.None);

        Assert.All(gateway.Nodes, n => Assert.Equal(("", "", true), (n.Model, n.SerialNumber, n.Version.Length > 0)));
    }

    [Fact]
    public async Task A_condition_that_only_a_partition_meets_is_met_and_the_line_names_the_partition()
    {
        Assert.Equal(ConditionAnswer.False, Row(await Facts()).ConditionMet);

        First.Put("lbvserver", new Dictionary<string, string> { ["name"] = "db", ["servicetype"] = "ORACLE", ["ipv46"] = "10.0.0.8", ["port"] = "1521" }, Partition);

        var row = Row(await Facts());
        Assert.Equal(ConditionAnswer.True, row.ConditionMet);
        Assert.StartsWith("partition " + Partition, row.ConditionLines.Single());
    }

    [Fact]
    public async Task A_session_in_one_partition_reads_the_others_too()
    {
        var (gateways, _) = await ConnectAsync(Options with { Partition = Partition });
        var facts = (await LiveFacts.ReadAllAsync(gateways.Single(), (p, _) => Assert.Fail(p.Message), CancellationToken.None)).Single();

        Assert.Empty(facts.Configuration!.MissingPartitions);
        Assert.Contains(facts.Configuration.Objects, o => o.Type == "vpn vserver" && o.Partition == "default");
        Assert.Contains(facts.Configuration.Statements, s => s.Partition == Partition);
    }

    [Fact]
    public async Task A_partition_that_may_not_be_read_is_reported_and_unknown()
    {
        var user = Accounts.Make(Host, "lesser", Accounts.Of("connect").CommandSpec, "^show ns runningConfig");
        var (gateways, _) = await ConnectAsync(Options with { Credential = new CitrixOps.Appliances.Nitro.NitroCredential(new System.Net.NetworkCredential(user, Accounts.Password)) });
        var problems = new List<Problem>();

        var facts = (await LiveFacts.ReadAllAsync(gateways.Single(), (p, _) => problems.Add(p), CancellationToken.None)).Single();

        Assert.Equal(First.Objects("nspartition").Count, problems.Count);
        Assert.All(problems, p => Assert.Equal("PartitionNotRead", p.Id));
        Assert.Contains("switch ns partition", problems[0].Message);
        Assert.Equal(ConditionAnswer.Unknown, Row(facts).ConditionMet);
        Assert.Equal(ConditionAnswer.True, new PatchLevelAssessment(Shipped.Catalogue).Assess(Build, facts.Configuration).Vulnerabilities.Single(v => v.Cve == "CVE-2025-5777").ConditionMet);
    }

    [Fact]
    public async Task The_rights_of_the_patch_level_suffice_for_partitions()
    {
        var user = Accounts.Make(Host, "reader", Accounts.Of("connect").CommandSpec, Accounts.Of("patch level").CommandSpec);
        var (gateways, _) = await ConnectAsync(Options with { Credential = new CitrixOps.Appliances.Nitro.NitroCredential(new System.Net.NetworkCredential(user, Accounts.Password)) });

        Assert.Empty((await LiveFacts.ReadAllAsync(gateways.Single(), (p, _) => Assert.Fail(p.Message), CancellationToken.None)).Single().Configuration!.MissingPartitions);
    }

    [Fact]
    public async Task A_partition_without_objects_counts_as_read()
    {
        First.Put("nspartition", new Dictionary<string, string> { ["partitionname"] = "leeg" });

        var facts = await Facts();

        Assert.Contains("leeg", facts.Configuration!.NamedPartitions);
        Assert.Empty(facts.Configuration.MissingPartitions);
        Assert.Equal(ConditionAnswer.False, Row(facts).ConditionMet);
    }

    private static GatewayVersion Build => new("13.1", 58, 31);

    private async Task<ApplianceFacts> Facts() => (await LiveFacts.ReadAllAsync(await GatewayAsync(), (p, _) => Assert.Fail(p.Message), CancellationToken.None)).Single();

    private static Vulnerability Row(ApplianceFacts facts) => new PatchLevelAssessment(Shipped.Catalogue).Assess(Build, facts.Configuration).Vulnerabilities.Single(v => v.Cve == Oracle);
}
