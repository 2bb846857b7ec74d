using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>Lines of httpaccess.log that rules hold on, as the rules' own examples have them, with other clients and times.</summary>
internal sealed class AttackLines(Random random)
{
    private static readonly Regex Line = new(@"^\+ \S+( .*\[)\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}(\].*)$", RegexOptions.CultureInvariant);
    private readonly (byte[] Before, byte[] After)[] _lines = Read();
    private int _next;

    /// <summary>Writes the next one.</summary>
    /// <param name="line">Where to.</param>
    /// <param name="stamp">The time, as the log writes it.</param>
    public void Write(LineBuffer line, ReadOnlySpan<byte> stamp)
    {
        var (before, after) = _lines[_next++ % _lines.Length];
        line.Add("203.0.113."u8);
        line.Add(random.Next(1, 255));
        line.Add(before);
        line.Add(stamp);
        line.Add(after);
        line.Add((byte)'\n');
    }

    private static (byte[] Before, byte[] After)[] Read()
    {
        var rules = Directory.EnumerateFiles(Path.Combine(Repository.Data, "rules", "httpaccess"), "*.yml").Select(Path.GetFileNameWithoutExtension).Where(n => n![0] != '_').Order(StringComparer.Ordinal);
        IEnumerable<string> examples = rules.Select(r => Path.Combine(Repository.Root, "tests", "data", "rules", r + ".txt")).Where(File.Exists).SelectMany(File.ReadLines);
        return examples.Select(e => Line.Match(e)).Where(m => m.Success)
            .Select(m => (Encoding.UTF8.GetBytes(m.Groups[1].Value), Encoding.UTF8.GetBytes(m.Groups[2].Value))).ToArray();
    }
}
