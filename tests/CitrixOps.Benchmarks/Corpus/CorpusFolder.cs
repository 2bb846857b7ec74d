using System;
using System.IO;
using System.Linq;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>What is searched, made by seed when it is first asked for and kept in a folder. Beside each part lies what is planted in it.</summary>
/// <param name="root">The folder.</param>
/// <param name="size">Bytes of the plain log.</param>
/// <param name="seed">The seed.</param>
internal sealed class CorpusFolder(string root, long size, int seed)
{
    private const int Files = 16;

    /// <summary>The time of the first line, as the logs write it: an hour ahead of UTC.</summary>
    public static readonly DateTime Start = new(2023, 6, 1, 0, 0, 3, DateTimeKind.Unspecified);

    /// <summary>Bytes of the plain log.</summary>
    public long Size => size;

    /// <summary>Where the parts lie.</summary>
    public string Root => root;

    /// <summary>One httpaccess.log.</summary>
    public CorpusPart Plain() => Part("plain", (log, planted) => Access(log, planted, 1, size, 0));

    /// <summary>One ten times as long.</summary>
    public CorpusPart Long() => Part("plain10", (log, planted) => Access(log, planted, 1, size * 10, 0));

    /// <summary>The same number of bytes in many rotated files.</summary>
    public CorpusPart Many() => Part("many", (log, planted) => Access(log, planted, Files, size / Files, 1));

    /// <summary>Two gz files of half the size each, as logs are rotated.</summary>
    public CorpusPart Compressed() => Part("gz", (log, planted) =>
    {
        Access(log, planted, 3, size / 2, 2);
        File.Delete(Path.Combine(log, "httpaccess.log"));
        File.Delete(Path.Combine(planted, "httpaccess.log"));
        Shell.Run($"gzip -6 '{log}'/*");
    });

    /// <summary>A support bundle; its members are half the size together.</summary>
    public CorpusPart Bundle() => Part("bundle", (log, planted) => new BundleWriter(seed + 3, Start, log + "-members").Write(log, planted, size / 2));

    /// <summary>A bundle of a compromised gateway, about 1 MB.</summary>
    public CorpusPart SmallBundle() => Part("small", (log, _) =>
    {
        var options = new SampleCases.CaseOptions { Kind = SampleCases.CaseKind.Compromised, Seed = seed, RequestsPerDay = 840, Peer = null };
        SampleCases.GatewayCase.Build(options).WriteTarGz(log, options.RootName);
    });

    /// <summary>A log of one endless line.</summary>
    public CorpusPart Line() => Part("line", (log, _) =>
    {
        using var stream = File.Create(Path.Combine(log, "httpaccess.log"));
        stream.Write("198.18.0.1 - - [01/Jun/2023:00:00:03 +0100] \"GET /vpn/../vpns/cfg/smb.conf?"u8);
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)'a');
        for (long written = 0; written < size; written += block.Length)
        {
            stream.Write(block);
        }

        stream.Write(" HTTP/1.1\" 200 1 \"-\" \"-\"\n"u8);
    });

    /// <summary>Makes all parts.</summary>
    public void MakeAll() => new Func<CorpusPart>[] { Plain, Many, Compressed, Bundle, SmallBundle, Line, Long }.ToList().ForEach(p => Console.WriteLine(p().Log));

    private CorpusPart Part(string name, Action<string, string> make)
    {
        var folder = Path.Combine(root, FormattableString.Invariant($"{name}-{size >> 20}M-{seed}"));
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"making {folder}");
            var unfinished = folder + ".unfinished";
            if (Directory.Exists(unfinished))
            {
                Directory.Delete(unfinished, recursive: true);
            }

            var (log, planted) = (Path.Combine(unfinished, "log"), Path.Combine(unfinished, "planted"));
            Directory.CreateDirectory(log);
            Directory.CreateDirectory(planted);
            make(log, planted);
            Directory.Move(unfinished, folder);
        }

        return new CorpusPart(Path.Combine(folder, "log"), Path.Combine(folder, "planted"));
    }

    private void Access(string folder, string planted, int files, long bytes, int part)
    {
        var writer = new AccessLogWriter(seed + part, Start);
        for (var i = files - 2; i >= -1; i--)
        {
            var name = i < 0 ? "httpaccess.log" : FormattableString.Invariant($"httpaccess.log.{i}");
            using var log = File.Create(Path.Combine(folder, name));
            using var attacks = File.Create(Path.Combine(planted, name));
            writer.Write(log, attacks, bytes);
        }
    }
}
