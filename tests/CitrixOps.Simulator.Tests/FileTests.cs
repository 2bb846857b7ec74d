using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Simulator.State;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 14: files, their sizes and what goes wrong with them.</summary>
public sealed class FileTests() : SimulatorTest("clean-ha-131")
{
    [Fact]
    public async Task A_folder_lists_names_sizes_times_and_folders()
    {
        var rows = (await Wire.Get("systemfile?args=filelocation:%2Fvar")).Rows("systemfile");
        var log = rows.Single(r => (string)r!["filename"]! == "log")!;
        Assert.Equal("DIRECTORY", (string)log["filemode"]![0]!);
        var file = (await Wire.Get("systemfile?args=filelocation:%2Fnsconfig")).Rows("systemfile").Single(r => (string)r!["filename"]! == "ns.conf")!;
        Assert.Equal(Encoding.UTF8.GetByteCount(Node.SavedConfiguration) > 100, int.Parse((string)file["filesize"]!, System.Globalization.CultureInfo.InvariantCulture) > 100);
        Assert.Matches(@"^\w{3} \w{3} \d\d \d\d:\d\d:\d\d \d{4}$", (string)file["filemodifiedtime"]!);
        Assert.False((await Wire.Get("systemfile?args=filelocation:%2Fvar%2Fcrash")).Json.ContainsKey("systemfile"));
    }

    [Theory]
    [InlineData("systemfile?args=filename:x.txt,filelocation:%2Fvar%2Ftmp")]
    [InlineData("systemfile/x.txt?args=filelocation:%2Fvar%2Ftmp")]
    public async Task Content_is_base64_and_binary_survives(string path)
    {
        var content = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        Node.PutFile("/var/tmp/x.txt", content);
        var row = (await Wire.Get(path)).Rows("systemfile")[0]!;

        Assert.Equal(content, Convert.FromBase64String((string)row["filecontent"]!));
        Assert.Equal("BASE64", (string)row["fileencoding"]!);
    }

    [Theory]
    [InlineData("x.txt", "/var/tmp", "eA==", 0, 201)]
    [InlineData("x.txt", "/var/none", "eA==", 3445, 599)]
    [InlineData("x.txt", "/netscaler/portal/templates", "eA==", 3446, 599)]
    [InlineData("x.txt", "/var/tmp", "*", 3443, 599)]
    [InlineData("ns.log", "/var/log", "eA==", 273, 409)]
    [InlineData("../x.txt", "/var/tmp", "eA==", 1074, 599)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "/var/tmp", "eA==", 1106, 599)]
    public async Task A_file_is_written_where_it_may_be(string name, string folder, string content, int code, int status)
    {
        var reply = await Wire.Post("systemfile", $"{{\"systemfile\":{{\"filename\":\"{name}\",\"filelocation\":\"{folder}\",\"filecontent\":\"{content}\",\"fileencoding\":\"BASE64\"}}}}");

        Assert.Equal((code, status), (reply.Code, reply.Status));
    }

    [Theory]
    [InlineData("systemfile?args=filelocation:%2Fnone", 3440)]
    [InlineData("systemfile/none?args=filelocation:%2Fvar%2Ftmp", 3441)]
    [InlineData("systemfile/secret.key?args=filelocation:%2Fnsconfig%2Fkeys", 3446)]
    [InlineData("systemfile?args=filelocation:%2Fvar%2F..%2Fetc", 1074)]
    [InlineData("systemfile", 1095)]
    public async Task What_cannot_be_read_is_told(string path, int code) => Assert.Equal(code, (await Wire.Get(path)).Code);

    [Fact]
    public async Task A_file_is_removed_by_path_or_by_arguments()
    {
        Node.PutFile("/var/tmp/a.txt", [1]);
        Node.PutFile("/var/tmp/b.txt", [1]);
        await Done(Wire.Delete("systemfile/a.txt?args=filelocation:%2Fvar%2Ftmp"), 200);
        await Done(Wire.Delete("systemfile?args=filename:b.txt,filelocation:%2Fvar%2Ftmp"), 200);
        Assert.Equal(3441, (await Wire.Delete("systemfile/a.txt?args=filelocation:%2Fvar%2Ftmp")).Code);
        Assert.Equal(3440, (await Wire.Delete("systemfile/a.txt?args=filelocation:%2Fvar%2Fnone")).Code);
    }

    [Theory]
    [InlineData(BeyondCeiling.Truncated, 100)]
    [InlineData(BeyondCeiling.Empty, 0)]
    public async Task Beyond_the_ceiling_content_is_lost(BeyondCeiling beyond, int length)
    {
        Node.PutFile("/var/tmp/big.txt", new byte[200]);
        Node.LimitFiles(new FileLimits(100, beyond));

        Assert.Equal(length, Convert.FromBase64String((string)(await Wire.Get("systemfile/big.txt?args=filelocation:%2Fvar%2Ftmp")).Rows("systemfile")[0]!["filecontent"]!).Length);
    }

    [Fact]
    public async Task Beyond_the_ceiling_there_may_be_an_error_a_page_or_nothing()
    {
        const string Path = "systemfile/big.txt?args=filelocation:%2Fvar%2Ftmp";
        Node.PutFile("/var/tmp/big.txt", new byte[200]);
        Node.LimitFiles(new FileLimits(100, BeyondCeiling.Error));
        Assert.Equal(283, (await Wire.Get(Path)).Code);
        Node.LimitFiles(new FileLimits(100, BeyondCeiling.Unavailable));
        var page = await Wire.Get(Path);
        Assert.Equal("503 Service Unavailable", page.Line);
        Assert.StartsWith("<!DOCTYPE HTML", page.Text);
        Node.LimitFiles(new FileLimits(100, BeyondCeiling.Silence));
        using var client = Wire.Client();
        using var soon = new CancellationTokenSource(200);
        client.DefaultRequestHeaders.Add("Cookie", Wire.Cookie["Cookie: ".Length..]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(new Uri("/nitro/v1/config/" + Path, UriKind.Relative), soon.Token));
    }

    [Fact]
    public async Task A_log_grows_while_it_is_read_and_is_turned_over()
    {
        var first = await Length("ns.log");
        Assert.True(await Length("ns.log") > first);
        Node.RotateLogsAt(1);
        await Wire.Get("nsversion");
        var names = (await Wire.Get("systemfile?args=filelocation:%2Fvar%2Flog")).Rows("systemfile").Select(r => (string)r!["filename"]!).ToList();
        Assert.Contains("ns.log.0.gz", names);
        Assert.Contains("ns.log.1.gz", names);
        Node.RotateLogsAt(0);
        Node.AppendLine("/var/log/new.log", "a line");
        Assert.Equal("a line\n", Node.ReadText("/var/log/new.log"));
    }

    [Fact]
    public async Task An_old_build_takes_few_kinds_of_files()
    {
        await using var host = await Hosting.SimulatorHost.Start("vulnerable-2020-121-ha");
        var wire = await new Wire(host.Nodes[0]).Login();
        string File(string name) => $"{{\"systemfile\":{{\"filename\":\"{name}\",\"filelocation\":\"/var/tmp\",\"filecontent\":\"eA==\"}}}}";
        Assert.Equal(3442, (await wire.Post("systemfile", File("x.tgz"))).Code);
        Assert.Equal(201, (await wire.Post("systemfile", File("x.txt"))).Status);
    }

    [Fact]
    public async Task Messages_come_from_memory_newest_first()
    {
        await Wire.Get("nsversion");
        var rows = (await Wire.Get("auditmessages?args=loglevel:ALL,numofmesgs:2")).Rows("auditmessages");
        Assert.Contains("show", (string)rows[0]!["value"]!);
        Assert.Equal(1097, (await Wire.Get("auditmessages?args=numofmesgs:300")).Code);
    }

    private async Task<int> Length(string name) => Convert.FromBase64String((string)(await Wire.Get($"systemfile/{name}?args=filelocation:%2Fvar%2Flog")).Rows("systemfile")[0]!["filecontent"]!).Length;
}
