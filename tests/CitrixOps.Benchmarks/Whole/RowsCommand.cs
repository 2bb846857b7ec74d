using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using CitrixOps.Benchmarks.Corpus;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>Measures the rows that are asked for and prints the table.</summary>
internal static class RowsCommand
{
    public static int Run(Arguments arguments)
    {
        var table = new Table();
        var corpus = Corpus(arguments);
        var search = new SearchRows(corpus, table, arguments.Number("rounds", 5), arguments.Number("seed", 1));
        var console = new ConsoleRows(corpus, table, arguments);
        (string Name, Action Measure)[] rows =
        [
            ("plain", search.Plain), ("many", search.Many), ("gz", search.Compressed), ("bundle", search.Bundle), ("window", search.Window), ("rules", search.Rules), ("bytes", search.Bytes),
            ("memory", search.Peak), ("line", search.Line), ("console", console.FirstFinding), ("import", console.Import),
        ];
        if (arguments.Words.Except(rows.Select(r => r.Name)).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no row '{unknown}': {string.Join(", ", rows.Select(r => r.Name))}.");
            return 2;
        }

        foreach (var (name, measure) in rows.Where(r => arguments.Words.Count == 0 || arguments.Words.Contains(r.Name)))
        {
            Console.Error.WriteLine(name);
            var clock = Stopwatch.StartNew();
            measure();
            Console.Error.WriteLine(FormattableString.Invariant($"  {name} took {clock.Elapsed.TotalSeconds:0} s"));
        }

        var conditions = FormattableString.Invariant($"{corpus.Size >> 20} MB of httpaccess.log, all shipped rules ({search.Loaded}), all findings and coverage, warm, median of {search.Rounds}.");
        table.Write(Console.Out, conditions);
        if (arguments.Text("table") is { } path)
        {
            using var writer = File.CreateText(path);
            table.Write(writer, conditions);
        }

        return 0;
    }

    /// <summary>The corpus that the options ask for.</summary>
    public static CorpusFolder Corpus(Arguments arguments)
    {
        var folder = arguments.Text("folder") ?? Path.Combine(Path.GetTempPath(), "citrixops-benchmark");
        Directory.CreateDirectory(folder);
        return new CorpusFolder(folder, arguments.Size("size", 1L << 30), arguments.Number("seed", 1));
    }
}
