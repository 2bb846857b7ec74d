using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using CitrixOps.SampleCases;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>
/// Writes a support bundle: what every bundle has, and the large members in their places. Of its bytes three tenths are httpaccess.log,
/// two tenths ns.log, four tenths counters (newnslog), the rest rotated logs and counters that are compressed already.
/// </summary>
internal sealed class BundleWriter(int seed, DateTime start, string scratch)
{
    private const int Rotations = 6;
    private readonly List<string> _planted = [];

    /// <summary>Writes a bundle.</summary>
    /// <param name="folder">The folder it goes to.</param>
    /// <param name="planted">The folder that gets a bundle of the same gateway whose httpaccess.log holds the attack lines alone.</param>
    /// <param name="bytes">How long its members are together.</param>
    public void Write(string folder, string planted, long bytes)
    {
        Directory.CreateDirectory(scratch);
        var large = new List<(string Member, string File)>();
        var access = new AccessLogWriter(seed, start);
        for (var i = Rotations - 1; i >= 0; i--)
        {
            var log = Access(access, "httpaccess.log." + i, bytes / 20);
            Shell.Run($"gzip -6 '{log}'");
            large.Add(($"var/log/httpaccess.log.{i}.gz", log + ".gz"));
        }

        large.Add(("var/log/httpaccess.log", Access(access, "httpaccess.log", bytes * 3 / 10)));
        large.Add(("var/log/ns.log", File("ns.log", s => new NsLogWriter(seed, start).Write(s, bytes / 5))));
        large.Add(("var/nslog/newnslog", File("newnslog", s => Counters(s, bytes * 4 / 10))));
        large.Add(("var/nslog/newnslog.0.gz", File("newnslog.0.gz", s => Noise(s, bytes * 7 / 100))));
        var options = new CaseOptions { From = new DateTimeOffset(start, TimeSpan.FromHours(1)), CollectedAt = new DateTimeOffset(access.Time, TimeSpan.FromHours(1)).AddMinutes(1), Peer = null, RequestsPerDay = 1 };
        Tar(folder, options, large);
        var small = large.Where(l => l.Member.Contains("ns.log", StringComparison.Ordinal)).Append(("var/log/httpaccess.log", File("planted", s => _planted.ForEach(p => s.Write(System.IO.File.ReadAllBytes(p)))))).ToList();
        Tar(planted, options, small);
        Directory.Delete(scratch, recursive: true);
    }

    private static void Tar(string folder, CaseOptions options, List<(string Member, string File)> large)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, options.RootName + ".tar");
        using (var stream = System.IO.File.Create(path))
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar))
        {
            foreach (var entry in GatewayCase.Build(options).Files.Where(f => !f.Path.StartsWith("var/log/httpaccess", StringComparison.Ordinal) && !f.Path.StartsWith("var/log/ns.log", StringComparison.Ordinal)))
            {
                Add(tar, options, entry.Path, new MemoryStream(entry.Content));
            }

            foreach (var (member, file) in large)
            {
                Add(tar, options, member, System.IO.File.OpenRead(file));
            }
        }

        Shell.Run($"gzip -6 '{path}'");
    }

    private static void Add(TarWriter tar, CaseOptions options, string member, Stream content)
    {
        using (content)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, options.RootName + "/" + member) { DataStream = content, ModificationTime = options.CollectedAt, Mode = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead });
        }
    }

    private string Access(AccessLogWriter writer, string name, long bytes)
    {
        _planted.Add(Path.Combine(scratch, name + ".planted"));
        using var planted = System.IO.File.Create(_planted[^1]);
        return File(name, s => writer.Write(s, planted, bytes));
    }

    private string File(string name, Action<Stream> write)
    {
        var path = Path.Combine(scratch, name);
        using var stream = System.IO.File.Create(path);
        write(stream);
        return path;
    }

    // records of counters that grow a little: four bytes of number, eight of value, twenty of fields that rarely change
    private void Counters(Stream stream, long bytes)
    {
        var random = new Random(seed);
        var values = new long[4096];
        var record = new byte[32 * values.Length];
        for (long written = 0; written < bytes; written += record.Length)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += random.Next(8) == 0 ? random.Next(100_000) : 0;
                BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(i * 32), i);
                BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan((i * 32) + 4), values[i]);
                BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan((i * 32) + 12), (int)(written >> 17));
            }

            stream.Write(record);
        }
    }

    // what is compressed already
    private void Noise(Stream stream, long bytes)
    {
        var random = new Random(seed);
        var block = new byte[1 << 16];
        for (long written = 0; written < bytes; written += block.Length)
        {
            random.NextBytes(block);
            stream.Write(block);
        }
    }
}
