using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Appliances.Updating;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

/// <summary>What speaks against an update is said before the first change.</summary>
public sealed class UpdateCheckTests
{
    [Fact]
    public async Task A_package_that_one_node_lacks_and_that_is_too_large_to_send_refuses_both()
    {
        await using var scene = await UpdateScene.Start();
        scene.Host.Nodes[1].PutFile("/var/nsinstall/" + UpdateScene.Package131, UpdateScene.Content);

        var result = await scene.Run(options: o => o with { UploadLimit = 1 });

        var failed = Refused(result, "package");
        Assert.Contains(scene.Host.Nodes[0].Address, failed.Text);
        Assert.Contains("scp", failed.Text);
        Assert.Empty(scene.Asked);
    }

    [Fact]
    public async Task A_node_of_a_cluster_is_not_updated()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        scene.Host.IsCluster = true;

        Assert.Contains("cluster", Refused(await scene.Run(), "pair").Text);
        Assert.Empty(scene.Asked);
    }

    [Fact]
    public async Task A_package_of_another_size_on_a_node_refuses()
    {
        await using var scene = await UpdateScene.Start();
        scene.Host.Nodes[0].PutFile("/var/nsinstall/" + UpdateScene.Package131, [1, 2]);

        Assert.Contains("2 bytes", Refused(await scene.Run(), "package").Text);
    }

    [Fact]
    public async Task A_package_that_lies_on_the_node_is_not_sent_and_its_content_is_said_to_be_unseen()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        scene.Host.Nodes[0].PutFile("/var/nsinstall/" + UpdateScene.Package141, UpdateScene.Content);

        var result = await scene.Run();

        Assert.Equal(UpdateOutcome.Done, result.Outcome);
        Assert.Contains("not seen from here", result.Checks.Single(c => c.Name == "package").Text);
        Assert.Equal(0, scene.Executed(0, "POST systemfile"));
    }

    [Fact]
    public async Task Changes_of_a_partition_that_are_not_saved_refuse()
    {
        await using var scene = await UpdateScene.Start("topology-partitions");
        var partition = scene.Host.Nodes[0].Objects("nspartition")[0]["partitionname"];
        scene.Host.Nodes[0].Put("server", new Dictionary<string, string> { ["name"] = "s", ["ipaddress"] = "10.0.0.9" }, partition);

        Assert.Contains(partition, Refused(await scene.Run(), "configuration").Text);
        Assert.Equal(UpdateOutcome.Done, (await scene.Run(options: o => o with { Force = true })).Outcome);
    }

    [Fact]
    public async Task A_session_in_a_partition_refuses_because_only_the_default_one_can_restart()
    {
        await using var scene = await UpdateScene.Start("topology-partitions");
        var partition = scene.Host.Nodes[0].Objects("nspartition")[0]["partitionname"];

        Assert.Contains(partition, Refused(await scene.Run(connect: c => c with { Partition = partition }), "pair").Text);
    }

    [Fact]
    public async Task A_node_that_is_held_in_its_role_refuses()
    {
        await using var scene = await UpdateScene.Start();
        await scene.Send(NitroCall.Put("hanode", new JObject { ["id"] = 0, ["hastatus"] = "STAYPRIMARY" }));

        Assert.Contains("held in its role", Refused(await scene.Run(), "pair").Text);
    }

    [Fact]
    public void Evidence_has_to_be_there_and_to_be_something()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "empty"));
        folder.File("hollow/ns.log", []);
        folder.File("copy/ns.log", [1, 2, 3]);

        Assert.Equal("EvidenceNotFound", Problem(Path.Combine(folder.Path, "nowhere")));
        Assert.Equal("EvidenceEmpty", Problem(Path.Combine(folder.Path, "empty")));
        Assert.Equal("EvidenceEmpty", Problem(Path.Combine(folder.Path, "hollow")));
        Assert.True(EvidenceCopy.Of(Path.Combine(folder.Path, "copy")) is { Files: 1, Bytes: 3 });
        Assert.Equal(1, EvidenceCopy.Of(Path.Combine(folder.Path, "copy", "ns.log")).Files);
    }

    [Fact]
    public async Task Evidence_that_is_older_than_a_week_is_pointed_at()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        var file = scene.Write("evidence/ns.log", [1]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-30));

        var check = (await scene.Run(planOnly: true, options: o => o with { Evidence = EvidenceCopy.Of(file) })).Checks.Single(c => c.Name == "evidence");

        Assert.Equal(UpdateCheckState.Warning, check.State);
        Assert.Contains("older than a week", check.Text);
    }

    private static string Problem(string path) => Assert.Throws<CitrixOpsException>(() => EvidenceCopy.Of(path)).Problem.Id;

    private static UpdateCheck Refused(UpdateResult result, string name)
    {
        Assert.Equal(UpdateOutcome.Refused, result.Outcome);
        return Assert.Single(result.Checks, c => c.Name == name && c.State == UpdateCheckState.Failed);
    }
}
