using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 15: saving, restarting, installing, support bundles.</summary>
public sealed class MaintenanceTests() : SimulatorTest("clean-single-141")
{
    private const string Save = "{\"nsconfig\":{}}";

    [Fact]
    public async Task A_change_is_unsaved_until_it_is_saved_and_old_files_stay()
    {
        Assert.False(await Changed());
        await Done(Wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}"));
        Assert.True(await Changed());
        Assert.Contains("gw_raadhuis", (string)(await Wire.Post("nsconfig?action=diff", "{\"nsconfig\":{\"outtype\":\"cli\"}}")).Json["nsconfig"]!["response"]!);
        var before = (string)(await Wire.Get("nsconfig")).Json["nsconfig"]!["lastconfigsavetime"]!;
        Host.Advance(TimeSpan.FromMinutes(1));
        await Done(Wire.Post("nsconfig?action=save", Save), 200);
        Assert.False(await Changed());
        Assert.NotEqual(before, (string)(await Wire.Get("nsconfig")).Json["nsconfig"]!["lastconfigsavetime"]!);
        Assert.Contains("-state DISABLED", Node.ReadText("/nsconfig/ns.conf"));
        Assert.DoesNotContain("gw_raadhuis SSL 203.0.113.10 443 -comment \"Citrix Gateway\" -state DISABLED", Node.ReadText("/nsconfig/ns.conf.0"));
    }

    [Theory]
    [InlineData("clean-single-141", 293)]
    [InlineData("vulnerable-2020-121-ha", 603)]
    public async Task One_save_at_a_time(string scenario, int code)
    {
        await using var host = await Hosting.SimulatorHost.Start(scenario);
        var (one, two) = (await new Wire(host.Nodes[0]).Login(), await new Wire(host.Nodes[0]).Login());
        host.Nodes[0].SaveDuration = TimeSpan.FromMilliseconds(1500);
        var codes = await Task.WhenAll(one.Post("nsconfig?action=save", Save), two.Post("nsconfig?action=save", Save));
        Assert.Equal([0, code], codes.Select(c => c.Code).Order());
    }

    [Fact]
    public async Task A_restart_drops_the_connection_and_what_was_not_saved()
    {
        await Done(Wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}"));
        await Assert.ThrowsAnyAsync<IOException>(() => Wire.Post("reboot", "{\"reboot\":{\"warm\":true}}"));
        await Assert.ThrowsAnyAsync<IOException>(() => new Wire(Node).Login());
        Host.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal("503 Service Unavailable", (await Wire.Get("nsversion")).Line);
        Host.Advance(TimeSpan.FromMilliseconds(200));
        await Refused(new Wire(Node).Post("login", "{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\"}}"), 1027, "401 Unauthorized");
        Host.Advance(TimeSpan.FromSeconds(1));
        await Refused(Wire.Get("nsversion"), 444, "401 Unauthorized");
        await Wire.Login();

        Assert.Equal("UP", (string)(await Wire.Get("vpnvserver/gw_raadhuis")).Rows("vpnvserver")[0]!["curstate"]!);
        Assert.Empty((await Wire.Get("aaasession")).Rows("aaasession"));
    }

    [Fact]
    public async Task An_applied_list_that_was_saved_is_applied_again_at_boot_and_one_that_was_not_is_not()
    {
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":20}}"), 201);
        await Done(Wire.Post("nsacls?action=apply", "{\"nsacls\":{}}"));
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"later\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.20\",\"priority\":30}}"), 201);
        await Done(Wire.Post("nsconfig?action=save", Save));
        Node.Restart(TimeSpan.Zero);
        Host.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((Traffic.Outcome.NoAnswer, Traffic.Outcome.Answered), (From(Outside), From(Outside, "203.0.113.20")));
    }

    [Fact]
    public async Task An_installed_build_runs_after_the_boot()
    {
        Assert.Equal(1155, (await Wire.Post("install", "{\"install\":{\"url\":\"file:///var/nsinstall/build-14.1-66.59_nc_64.tgz\"}}")).Code);
        Assert.Equal(1190, (await Wire.Post("install", "{\"install\":{\"url\":\"file:///var/nsinstall/none\"}}")).Code);
        Node.PutFile("/var/nsinstall/build-14.1-66.59_nc_64.tgz", [1]);
        await Done(Wire.Post("install", "{\"install\":{\"url\":\"file:///var/nsinstall/build-14.1-66.59_nc_64.tgz\",\"y\":false}}"));
        Assert.Contains("Build 56.74", await Version(""));
        Assert.Contains("Build 66.59", await Version("?args=installedversion:true"));
        Node.Restart(TimeSpan.Zero);
        Host.Advance(TimeSpan.FromSeconds(5));
        await Wire.Login();
        Assert.Contains("Build 66.59", await Version(""));
    }

    [Fact]
    public async Task A_support_bundle_is_slow_and_lies_in_var()
    {
        Node.SupportDuration = TimeSpan.FromMilliseconds(300);
        var reply = (string)(await Wire.Get("techsupport?args=scope:NODE")).Json["techsupport"]!["response"]!;
        var path = reply[(reply.IndexOf("file is: ", StringComparison.Ordinal) + 9)..].Trim();
        Assert.NotEmpty(Node.ReadFile(path)!);
        Assert.Equal(Node.ReadFile(path), Node.ReadFile("/var/tmp/support/support.tgz"));
        Assert.Equal(1097, (await Wire.Get("techsupport?args=scope:BOGUS")).Code);
        Node.SetDiskUse(30, 100);
        Assert.Equal(1246, (await Wire.Get("techsupport?args=scope:NODE")).Code);
    }

    [Fact]
    public async Task Backups_are_made_listed_removed_and_limited()
    {
        for (var i = 0; i < 50; i++)
        {
            Node.PutFile($"/var/ns_sys_backup/b{i}.tgz", [1]);
        }

        Assert.Equal(3434, (await Wire.Post("systembackup?action=create", "{\"systembackup\":{\"filename\":\"ir\",\"level\":\"basic\"}}")).Code);
        await Done(Wire.Delete("systembackup/b1.tgz"));
        await Done(Wire.Post("systembackup?action=create", "{\"systembackup\":{\"filename\":\"ir\",\"level\":\"basic\"}}"));
        Assert.Contains((await Wire.Get("systembackup")).Rows("systembackup"), r => (string)r!["filename"]! == "ir.tgz");
    }

    [Fact]
    public async Task A_clear_keeps_the_node_and_takes_the_rest()
    {
        Assert.Equal(1095, (await Wire.Post("nsconfig?action=clear", "{\"nsconfig\":{\"force\":true}}")).Code);
        await Done(Wire.Post("nsconfig?action=clear", "{\"nsconfig\":{\"level\":\"basic\",\"force\":true}}"));
        Assert.Empty((await Wire.Get("vpnvserver")).Rows("vpnvserver"));
        Assert.NotEmpty((await Wire.Get("systemuser")).Rows("systemuser"));
    }

    private async Task<bool> Changed() => (bool)(await Wire.Get("nsconfig")).Json["nsconfig"]!["configchanged"]!;

    private async Task<string> Version(string query) => (string)(await Wire.Get("nsversion" + query)).Json["nsversion"]!["version"]!;
}
