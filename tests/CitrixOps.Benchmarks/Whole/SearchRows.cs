using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Benchmarks.Corpus;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>The rows that search: a warm process beside its peers, each in turn.</summary>
internal sealed class SearchRows(CorpusFolder corpus, Table table, int rounds, int seed)
{
    private readonly Lazy<Engine> _engine = new(() => Engine.Load());

    /// <summary>How often each is measured.</summary>
    public int Rounds => rounds;

    /// <summary>How many rules were loaded.</summary>
    public int Loaded => _engine.Value.Rules;

    private static bool HasRipgrep { get; } = Shell.Has("rg");

    private string LiteralFile
    {
        get
        {
            var path = Path.Combine(corpus.Root, "literals.txt");
            using var file = File.Create(path);
            Literals.Write(Engine.ShippedRules(), "httpaccess", file);
            return path;
        }
    }

    /// <summary>One file.</summary>
    public void Plain()
    {
        var part = corpus.Plain();
        var file = part.Files.Single();
        Beside("one file", part.Files, Expected(part), Ripgrep("rg -iF", "-i", file, 0.35), Ripgrep("rg -F, case as it is", "", file, null),
            (Contender.Command("wc -l", $"wc -l < '{file}'"), 5), (Contender.Command("cat", $"cat '{file}' > /dev/null"), null));
        Slow("one file", file, ("grep -iF", $"grep -aiF -c -f '{LiteralFile}' '{file}' > '{corpus.Root}/out'"));
    }

    /// <summary>The same number of bytes in many files.</summary>
    public void Many()
    {
        var part = corpus.Many();
        Beside($"{part.Files.Length} files", part.Files, Expected(part), Ripgrep("rg -iF, in parallel", "-i", part.Log, 0.5));
    }

    /// <summary>One gz file, and two.</summary>
    public void Compressed()
    {
        var part = corpus.Compressed();
        var first = part.Files[0];
        Beside("one gz", [first], Expected(part, Path.GetFileNameWithoutExtension(first)), (Contender.Command("gzip -dc", $"gzip -dc '{first}' > /dev/null"), 0.8), Ripgrep("rg -z -iF", "-z -i", first, 0.3));
        Beside("two gz", part.Files, Expected(part), (Contender.Command("gzip -dc, one after the other", $"gzip -dc '{part.Files[0]}' > /dev/null; gzip -dc '{part.Files[1]}' > /dev/null"), 0.5), Ripgrep("rg -z -iF", "-z -i", part.Log, 0.3));
        Slow("one gz", first, ("zgrep -iF", $"zgrep -aiF -c -f '{LiteralFile}' '{first}' > '{corpus.Root}/out'"));
    }

    /// <summary>A support bundle.</summary>
    public void Bundle()
    {
        var part = corpus.Bundle();
        var file = part.Files.Single();
        Beside("support bundle, tar.gz", part.Files, Expected(part), (Contender.Command("tar -tzf", $"tar -tzf '{file}' > '{corpus.Root}/out'"), 1.2));
    }

    /// <summary>Ten times the rules.</summary>
    public void Rules()
    {
        var part = corpus.Plain();
        var findings = Expected(part);
        var many = Engine.Load(10, seed);
        var times = Contender.Alternate([Contender.Ours("ours, ten times the rules", many, part.Files, findings), Contender.Ours("ours", _engine.Value, part.Files, findings)], rounds);
        table.Ratio($"ten times the log rules ({many.LogRules})", times[0], FormattableString.Invariant($"the {_engine.Value.LogRules} shipped"), times[1], 1.3);
    }

    /// <summary>A window that is a small part of the log.</summary>
    public void Window()
    {
        var part = corpus.Plain();
        var since = new DateTimeOffset(CorpusFolder.Start, TimeSpan.FromHours(1)).AddHours(6);
        var window = (since, since.AddHours(3));
        var findings = _engine.Value.Search(Directory.GetFiles(part.Planted), filter: false, window).Findings;
        var times = Contender.Alternate([Contender.Ours("ours, a window of three hours", _engine.Value, part.Files, findings, window), Contender.Ours("ours", _engine.Value, part.Files, Expected(part))], rounds);
        table.Ratio("one file, a window of three hours of its time", times[0], "all of its time", times[1], null);
    }

    /// <summary>Ten times the bytes.</summary>
    public void Bytes()
    {
        var (one, ten) = (corpus.Plain(), corpus.Long());
        if (Available() < ten.Bytes + one.Bytes)
        {
            table.Missing("ten times the bytes", FormattableString.Invariant($"needs {(ten.Bytes + one.Bytes) >> 20} MB of memory free for the page cache"));
            return;
        }

        var times = Contender.Alternate([Contender.Ours("ours, ten times the bytes", _engine.Value, ten.Files, Expected(ten)), Contender.Ours("ours", _engine.Value, one.Files, Expected(one))], Math.Min(rounds, 3));
        table.Ratio("ten times the bytes", times[0], "the bytes", times[1], 10.5);
    }

    /// <summary>Peak memory of a process of its own.</summary>
    public void Peak()
    {
        table.Figure("peak memory, one file", Alone(corpus.Plain().Files).Megabytes, "MB", 200);
        table.Figure("peak memory, ten times the bytes", Alone(corpus.Long().Files).Megabytes, "MB", 200);
        table.Figure("peak memory, two gz", Alone(corpus.Compressed().Files).Megabytes, "MB", 200);
        table.Figure("peak memory, support bundle", Alone(corpus.Bundle().Files).Megabytes, "MB", 200);
    }

    /// <summary>A line as long as the file.</summary>
    public void Line()
    {
        var (megabytes, findings) = Alone(corpus.Line().Files);
        table.Figure($"peak memory, one line of {corpus.Size >> 20} MB", findings > 0 ? megabytes : throw new InvalidOperationException("the head of the endless line was not found"), "MB", 200);
    }

    // what is planted is found by a search of it alone, without the prefilter; what is ordinary adds nothing
    private int Expected(CorpusPart part, string file = "*")
    {
        var files = Directory.GetFiles(part.Planted, file).Order(StringComparer.Ordinal).ToList();
        var findings = _engine.Value.Search(files, filter: false).Findings;
        return findings > 0 ? findings : throw new InvalidOperationException("nothing is planted in " + part.Log);
    }

    private void Beside(string what, IReadOnlyList<string> files, int findings, params (Contender? Peer, double? Target)[] peers)
    {
        var present = peers.Where(p => p.Peer is not null).ToList();
        var times = Contender.Alternate([Contender.Ours("ours", _engine.Value, files, findings), .. present.Select(p => p.Peer!)], rounds);
        for (var i = 0; i < present.Count; i++)
        {
            table.Ratio(what, times[0], present[i].Peer!.Name, times[i + 1], present[i].Target);
        }

        if (present.Count < peers.Length)
        {
            table.Missing(what + " beside ripgrep", "ripgrep is not installed");
        }
    }

    // those that take many times as long are run once
    private void Slow(string what, string file, (string Name, string Command) peer)
    {
        var ours = _engine.Value.Search([file]).Elapsed.TotalSeconds;
        table.Ratio(what, ours, peer.Name, Shell.Run(peer.Command).TotalSeconds, null);
    }

    // the count is asked for: with output to nowhere a search may stop at its first hit
    private (Contender? Peer, double? Target) Ripgrep(string name, string options, string path, double? target) =>
        (HasRipgrep ? Contender.Command(name, $"rg --no-config --no-ignore -a {options} -F -c -f '{LiteralFile}' '{path}' > '{corpus.Root}/out'") : null, target);

    private static (double Megabytes, int Findings) Alone(IReadOnlyList<string> files)
    {
        var assembly = typeof(SearchRows).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "search", "--once", .. files]) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException("the search ended with " + process.ExitCode);
        }

        int Value(string name) => int.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
        return (Value("peak "), Value("findings "));
    }

    private static long Available() => !File.Exists("/proc/meminfo") ? long.MaxValue
        : long.Parse(File.ReadLines("/proc/meminfo").First(l => l.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
}
