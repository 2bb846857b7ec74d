using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using CitrixOps.Adapters.Archives;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators.Files;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Appliances;

/// <summary>Archives and files that were made to hurt the one who reads them: bounded, reported, and what is beside them is read.</summary>
public sealed class HostileArchivesTests : IDisposable
{
    private static readonly ReadLimits Small = new() { RatioFloor = 1 << 20, MaxEntries = 50 };
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_bomb_inside_an_archive_stops_nothing_else()
    {
        var path = Tar("bundle.tar", t =>
        {
            Add(t, "b/var/log/ns.log.0.gz", BundleBuilder.Gzip(new byte[20 << 20]));
            Add(t, "b/var/netscaler/logon/x.php", "x"u8.ToArray());
        });

        var result = Search(path);

        Assert.Contains("ArchiveBomb", _problems.Ids);
        Assert.Contains(result.Findings, f => f.IndicatorId == "php-in-logon-pages");
        Assert.Contains(result.Coverage, c => c.Unreadable.Count == 1);
    }

    [Fact]
    public void An_archive_that_is_a_bomb_itself_is_read_up_to_its_limit()
    {
        var plain = Tar("plain.tar", t =>
        {
            Add(t, "b/var/netscaler/logon/x.php", "x"u8.ToArray());
            Add(t, "b/var/zeros", new byte[20 << 20]);
            Add(t, "b/var/netscaler/logon/y.php", "x"u8.ToArray());
        });
        var path = _folder.File("bomb.tar.gz", BundleBuilder.Gzip(File.ReadAllBytes(plain)));

        var result = Search(path);

        Assert.Equal(["ArchiveBomb"], _problems.Ids.Distinct());
        Assert.Equal("/var/netscaler/logon/x.php (1 bytes mode 644 owner 0)", Assert.Single(result.Findings, f => f.IndicatorId == "php-in-logon-pages").Excerpt);
    }

    [Fact]
    public void An_archive_in_an_archive_is_a_file_and_is_not_opened()
    {
        var inner = BundleBuilder.Gzip(File.ReadAllBytes(Tar("inner.tar", t => Add(t, "var/netscaler/logon/x.php", "x"u8.ToArray()))));
        var path = Tar("outer.tar", t =>
        {
            Add(t, "b/var/tmp/inner.tar.gz", inner);
            Add(t, "b/var/log/messages", "x\n"u8.ToArray());
        });

        Assert.DoesNotContain(Search(path).Findings, f => f.IndicatorId == "php-in-logon-pages");
        Assert.Equal(["/var/tmp/inner.tar.gz", "/var/log/messages"], Files(path).Select(f => f.AppliancePath));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Members_beyond_counting_are_not_counted_to_the_end(bool zip)
    {
        var names = Enumerable.Range(0, 200).Select(i => FormattableString.Invariant($"b/var/x/{i}")).ToList();
        var path = zip ? Zip("many.zip", names.Select(n => (n, Array.Empty<byte>()))) : Tar("many.tar", t => names.ForEach(n => Add(t, n, [])));

        Assert.Equal(zip ? 0 : 50, Files(path).Count);
        Assert.Equal(["ArchiveTooManyEntries"], _problems.Ids);
    }

    [Fact]
    public void Links_devices_and_pipes_have_no_content_and_are_no_files()
    {
        var path = Tar("special.tar", t =>
        {
            t.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "b/var/netscaler/logon/a.php") { LinkName = "/etc/passwd" });
            t.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "b/var/netscaler/logon/b.php") { LinkName = "../../../../etc/passwd" });
            t.WriteEntry(new PaxTarEntry(TarEntryType.CharacterDevice, "b/var/netscaler/logon/c.php") { DeviceMajor = 1, DeviceMinor = 5 });
            t.WriteEntry(new PaxTarEntry(TarEntryType.BlockDevice, "b/var/netscaler/logon/d.php") { DeviceMajor = 8, DeviceMinor = 0 });
            t.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "b/var/netscaler/logon/e.php"));
            Add(t, "b/var/netscaler/logon/f.php", "x"u8.ToArray());
        });

        Assert.Equal(["/var/netscaler/logon/f.php"], Files(path).Select(f => f.AppliancePath));
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void A_sparse_file_is_a_file()
    {
        // an old GNU sparse header: type S, a map of one piece, the size it stands for
        var header = new byte[512];
        void Field(int at, string text) => Encoding.ASCII.GetBytes(text).CopyTo(header, at);
        Field(0, "b/var/tmp/sh");
        Field(100, "0104755\0");
        Field(108, "0000000\0");
        Field(116, "0000000\0");
        Field(124, "00000001000\0");
        Field(136, "14000000000\0");
        Field(156, "S");
        Field(257, "ustar  \0");
        Field(386, "00000000000\000000001000\0");
        Field(483, "77777777777\0");
        header[482] = 1;
        byte[] next;
        using (var rest = new MemoryStream())
        {
            using (var writer = new TarWriter(rest, TarEntryFormat.Pax, leaveOpen: true))
            {
                Add(writer, "b/var/netscaler/logon/x.php", "x"u8.ToArray());
            }

            next = rest.ToArray();
        }

        // one further map of pieces, the content, and what follows in the archive
        Field(148, "        ");
        Field(148, Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        var path = _folder.File("sparse.tar", [.. header, .. new byte[512], .. new byte[512], .. next]);

        var findings = Search(path).Findings;

        Assert.Empty(_problems.Reported.Select(p => p.Message));
        Assert.Contains(findings, f => f.IndicatorId == "suid-shell-var-tmp");
        Assert.Contains(findings, f => f.IndicatorId == "php-in-logon-pages");
    }

    [Fact]
    public void A_sparse_file_of_a_newer_archive_keeps_its_own_name()
    {
        var path = Tar("pax.tar", t => t.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "b/var/tmp/GNUSparseFile.7/sh", [new("GNU.sparse.name", "b/var/tmp/sh"), new("GNU.sparse.major", "1")]) { Mode = (UnixFileMode)0b100_111_101_101 }));

        Assert.Contains(Search(path).Findings, f => f.IndicatorId == "suid-shell-var-tmp");
    }

    [Fact]
    public void Names_without_end_and_names_that_climb_are_harmless_in_zip_and_tar()
    {
        var deep = "b/var/" + string.Concat(Enumerable.Repeat("a/", 3000)) + "x";
        var tar = Files(Tar("deep.tar", t => Add(t, deep, "x"u8.ToArray())));
        var zip = Files(Zip("climb.zip", [("../../../etc/passwd", "x"u8.ToArray()), ("C:\\windows\\x", "y"u8.ToArray()), (deep, "z"u8.ToArray())]));

        Assert.All(tar.Concat(zip), f => Assert.True(f.Member!.Length <= 4096 && !f.Member.Contains("..", StringComparison.Ordinal), f.Member));
        Assert.Equal(["ArchiveUnsafePath", "ArchiveUnsafePath"], _problems.Ids);
        Assert.Equal(4, tar.Count + zip.Count);
    }

    [Theory]
    [InlineData(1 << 20, 3600, 1)]
    [InlineData(1 << 30, 0, 1)]
    [InlineData(1 << 30, 3600, 0)]
    public void A_content_beyond_its_bounds_is_read_in_part_and_that_is_said(int bytes, int seconds, int cut)
    {
        var matcher = Shipped.Rules.FileMatcher(new ReadLimits { MaxContentBytes = bytes, MaxContentTime = TimeSpan.FromSeconds(seconds) });
        var content = Encoding.ASCII.GetBytes(string.Concat("hs/pmt/rav/ galf_php").PadRight(4 << 20, 'x'));
        var file = new StoredFile("image", "var/core/1/NSPPE-00-1.core", "/var/core/1/NSPPE-00-1.core", new ArchiveEntry { Name = "x", Length = content.Length, IsFile = true }, () => new MemoryStream(content), new ReadLimits());

        var hits = matcher.Match(file, live: false, _problems);

        Assert.Equal(cut, _problems.Ids.Count(i => i == "FileReadInPart"));
        Assert.Equal(seconds > 0, hits.Any(h => h.Indicator.Id == "core-reversed-commands"));
    }

    [Fact]
    public void What_a_file_lacks_is_not_concluded_from_a_part_of_it()
    {
        var text = string.Concat(Enumerable.Repeat("# comment\n", 10_000)) + "local0.* /var/log/ns.log\n*.notice /var/log/messages\nauth.* /var/log/auth.log\n";
        var file = new StoredFile("image", "etc/syslog.conf", "/etc/syslog.conf", new ArchiveEntry { Name = "x", IsFile = true }, () => new MemoryStream(Encoding.ASCII.GetBytes(text)), new ReadLimits());
        IReadOnlyList<FileHit> Hits(long bytes) => Shipped.Rules.FileMatcher(new ReadLimits { MaxContentBytes = bytes }).Match(file, live: false, _problems);

        Assert.Empty(Hits(1000));
        Assert.Empty(Hits(1 << 20));
    }

    [Fact]
    public void The_bounds_are_what_the_help_says() =>
        Assert.Equal((512L << 20, TimeSpan.FromSeconds(60), 2_000_000, 200), (new ReadLimits().MaxContentBytes, new ReadLimits().MaxContentTime, new ReadLimits().MaxEntries, new ReadLimits().MaxRatio));

    private CitrixOps.Investigation.Investigation Search(string path) => new Investigator(Shipped.Rules, Shipped.Catalogue, new InvestigationOptions(), DateTimeOffset.UnixEpoch.AddYears(60))
        .Search(Open(path), keepFindings: true, _problems, CancellationToken.None).Single();

    private IReadOnlyList<ApplianceSource> Open(string path) => new ApplianceSources(new ArchiveReader(), Small).Open([path], _problems, CancellationToken.None);

    private List<ApplianceFile> Files(string path) => Open(path).SelectMany(s => s.Files(CancellationToken.None)).ToList();

    private string Tar(string name, Action<TarWriter> write)
    {
        var path = Path.Combine(_folder.Path, name);
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Pax);
        write(tar);
        return path;
    }

    private static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private string Zip(string name, IEnumerable<(string Name, byte[] Content)> entries)
    {
        var path = Path.Combine(_folder.Path, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var stream = zip.CreateEntry(entry).Open();
            stream.Write(content);
        }

        return path;
    }
}
