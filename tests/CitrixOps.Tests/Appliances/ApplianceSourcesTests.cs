using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.SampleCases;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Appliances;

public sealed class ApplianceSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bundle_and_its_extracted_copy_hold_the_same_files()
    {
        var bundle = GatewayCase.Build(new CaseOptions());
        var packed = Paths(bundle.WriteTarGz(_folder.Path, new CaseOptions().RootName));
        var folder = Paths(bundle.WriteFolder(Path.Combine(_folder.Path, "extracted")));

        Assert.NotEmpty(packed);
        Assert.Equal(packed.Order(), folder.Order());
        Assert.Contains("/var/log/httpaccess.log.0.gz", packed);
        Assert.Contains("/var/cron/tabs/root", packed);
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void An_archive_that_was_read_once_is_read_again_only_as_far_as_contents_are_asked_for()
    {
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        var path = new BundleBuilder().Add("nsconfig/ns.conf", "#NS13.1\n", DateTimeOffset.UnixEpoch).Add("var/log/ns.log", "one\n", DateTimeOffset.UnixEpoch)
            .Add("var/nslog/newnslog", noise, DateTimeOffset.UnixEpoch).Add("var/nstmp/last", "two\n", DateTimeOffset.UnixEpoch).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_1Jan2020_10_00");
        var source = new ApplianceSources(new CitrixOps.Adapters.Archives.ArchiveReader(), new ReadLimits()).Open([path], _problems, CancellationToken.None).Single();
        string Content(ApplianceFile file) => new StreamReader(file.OpenRead()).ReadToEnd();
        List<string> Pass(Func<ApplianceFile, bool> wanted) => source.Files(CancellationToken.None).Select(f => f.AppliancePath + (wanted(f) ? "=" + Content(f) : "")).ToList();

        var first = Pass(f => f.Name == "last");
        Assert.True(source.BytesConsumed > noise.Length);
        Assert.Equal(first, Pass(f => f.Name == "last"));
        Assert.True(source.BytesConsumed > noise.Length);
        var second = Pass(f => f.Name == "ns.log");
        Assert.True(source.BytesConsumed < noise.Length / 2);
        Assert.Equal(["/var/log/ns.log=one\n"], second.Where(t => t.Contains('=')));
        Assert.Equal(first.Select(f => f.Split('=')[0]), second.Select(f => f.Split('=')[0]));
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void All_members_of_one_gz_are_read()
    {
        var two = BundleBuilder.Gzip(Encoding.ASCII.GetBytes("first\n")).Concat(BundleBuilder.Gzip(Encoding.ASCII.GetBytes("second\n"))).ToArray();

        Assert.Equal("first\nsecond\n", Gunzip(two, out var fault));
        Assert.Null(fault);
    }

    [Fact]
    public void Members_of_any_sizes_are_read_whole() =>
        Gen.Select(Gen.Byte.Array[0, 70_000], Gen.Byte.Array[0, 70_000], Gen.Byte.Array[0, 300]).Sample((a, b, c) =>
        {
            var packed = new[] { a, b, c }.SelectMany(BundleBuilder.Gzip).ToArray();
            Assert.Equal(Encoding.Latin1.GetString([.. a, .. b, .. c]), Gunzip(packed, out var fault));
            Assert.Null(fault);
        }, iter: 60);

    [Fact]
    public void A_cut_gz_gives_what_it_holds_and_then_says_so()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => (i * 7919 % 104_729) + "\n"));
        var whole = BundleBuilder.Gzip(Encoding.ASCII.GetBytes(text));

        var read = Gunzip(whole[..(whole.Length / 2)], out var fault);

        Assert.True(read.Length > 1000);
        Assert.StartsWith(read, text);
        Assert.Equal("GzipTruncated", fault?.Id);
    }

    [Fact]
    public void A_second_member_that_is_cut_is_not_read_as_whole()
    {
        var second = BundleBuilder.Gzip(Encoding.ASCII.GetBytes("second member, longer than a few bytes\n"));

        Gunzip([.. BundleBuilder.Gzip(Encoding.ASCII.GetBytes("first\n")), .. second[..^6]], out var fault);

        Assert.Equal("GzipTruncated", fault?.Id);
    }

    [Fact]
    public void A_bomb_is_refused()
    {
        var limits = new ReadLimits { RatioFloor = 1 << 20 };
        using var stream = new GzipContent(new MemoryStream(BundleBuilder.Gzip(new byte[20 << 20])), "bomb.gz", limits);

        var refused = Assert.Throws<CitrixOpsException>(() => stream.CopyTo(Stream.Null));

        Assert.Equal("ArchiveBomb", refused.Problem.Id);
        Assert.Equal(ErrorKind.SecurityRefusal, refused.Problem.Kind);
    }

    [Fact]
    public void Names_that_leave_the_archive_are_reported_once_and_read_harmlessly()
    {
        var path = Tar("evil.tar.gz", ("../../etc/passwd", "x"), ("/etc/shadow", "y"), ("var/log/../../../z", "z"), ("var/log/a\u001b[31m.log", "w"), ("var/log/messages", "ok\n"));

        var names = Files(path).Select(f => f.Member).ToList();

        Assert.Equal(["etc/passwd", "etc/shadow", "var/log/z", "var/log/a\\x1b[31m.log", "var/log/messages"], names);
        Assert.Equal(["ArchiveUnsafePath"], _problems.Ids);
        Assert.DoesNotContain('\u001b', _problems.Reported[0].Message);
    }

    [Fact]
    public void A_cut_tar_gives_what_it_holds_and_says_so()
    {
        var whole = File.ReadAllBytes(GatewayCase.Build(new CaseOptions()).WriteTarGz(_folder.Path, "whole"));
        var path = _folder.File("cut.tar.gz", whole[..(whole.Length / 2)]);

        Assert.NotEmpty(Files(path));
        Assert.Contains(_problems.Ids, id => id is "GzipTruncated" or "ArchiveTruncated");
    }

    [Fact]
    public void What_is_no_archive_in_spite_of_its_name_is_said()
    {
        Assert.Empty(Files(_folder.File("x.tar.gz", "this is no archive")));
        Assert.Empty(Files(_folder.File("x.zip", "this is no archive")));

        Assert.Equal(2, _problems.Reported.Count);
        Assert.All(_problems.Ids, id => Assert.True(id is "ArchiveInvalid" or "GzipCorrupt", id));
    }

    [Fact]
    public void A_zip_is_read_like_a_tar()
    {
        var path = Path.Combine(_folder.Path, "bundle.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var file in GatewayCase.Build(new CaseOptions()).Files)
            {
                using var entry = zip.CreateEntry("root/" + file.Path).Open();
                entry.Write(file.Content);
            }
        }

        Assert.Contains("/var/log/httpaccess.log.0.gz", Paths(path));
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _folder.File("logs/httpaccess.log", "x\n");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "logs", "loop"), _folder.Path);

        Assert.Single(Files(Path.Combine(_folder.Path, "logs")));
    }

    [Fact]
    public void Rotated_logs_come_oldest_first()
    {
        foreach (var name in new[] { "httpaccess.log", "httpaccess.log.0.gz", "httpaccess.log.10.gz", "httpaccess.log.2.gz" })
        {
            _folder.File("r/" + name, BundleBuilder.Gzip([10]));
        }

        Assert.Equal(["httpaccess.log.10.gz", "httpaccess.log.2.gz", "httpaccess.log.0.gz", "httpaccess.log"], Files(Path.Combine(_folder.Path, "r")).Select(f => f.Name));
    }

    private string Tar(string name, params (string Name, string Content)[] entries)
    {
        var path = Path.Combine(_folder.Path, name);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Pax);
        foreach (var entry in entries)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = new MemoryStream(Encoding.ASCII.GetBytes(entry.Content)) });
        }

        return path;
    }

    private List<ApplianceFile> Files(string path) => Shipped.Open(_problems, path).SelectMany(s => s.Files(CancellationToken.None)).Where(f => !f.IsFolder).ToList();

    private List<string?> Paths(string path) => Files(path).Select(f => f.AppliancePath).ToList();

    private static string Gunzip(byte[] packed, out Problem? fault)
    {
        using var stream = new GzipContent(new MemoryStream(packed), "x.gz", new ReadLimits());
        using var content = new MemoryStream();
        fault = null;
        try
        {
            stream.CopyTo(content, 1000);
        }
        catch (CitrixOpsException e)
        {
            fault = e.Problem;
        }

        return Encoding.Latin1.GetString(content.ToArray());
    }
}
