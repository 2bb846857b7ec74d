using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Benchmarks.Corpus;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>The rows that start a process: from nothing to the first finding, and an import into an engine that runs.</summary>
internal sealed class ConsoleRows(CorpusFolder corpus, Table table, Arguments arguments)
{
    private const int Times = 10;

    /// <summary>From the start of the console to the first line of a finding.</summary>
    public void FirstFinding()
    {
        const string What = "cold console to the first finding, bundle of 1 MB";
        if (arguments.Text("console") is not { } console || arguments.Text("module") is not { } module)
        {
            table.Missing(What, "needs --console and --module, as run.sh gives them");
            return;
        }

        var bundle = corpus.SmallBundle();
        var command = $"Search-ExploitIndicators '{bundle.Files.Single()}' -Since 2019-12-20 | ForEach-Object {{ 'found ' + $_.IndicatorId }}";
        Console.Error.WriteLine(FormattableString.Invariant($"  {bundle.Bytes:N0} bytes"));
        table.Figure(What, Median(() => Seconds(console, ["-Module", module, "-Command", command], "found ", out _)), "s", 1.5);
    }

    /// <summary>Import-Module, first in its process, in an engine that has run a command.</summary>
    public void Import()
    {
        const string What = "Import-Module in a running engine";
        if (arguments.Text("console") is not { } console || arguments.Text("module") is not { } module)
        {
            table.Missing(What, "needs --console and --module, as run.sh gives them");
            return;
        }

        var nothing = Path.Combine(corpus.Root, "Nothing.psd1");
        var script = Path.Combine(corpus.Root, "import.ps1");
        File.WriteAllText(nothing, "@{ ModuleVersion = '1.0' }");
        File.WriteAllText(script, $"$clock = [Diagnostics.Stopwatch]::StartNew()\nImport-Module '{module}'\n'imported ' + $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)");
        table.Figure(What, Median(() =>
        {
            Seconds(console, ["-Module", nothing, "-File", script], "imported ", out var line);
            return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        }), "ms", 150);
    }

    private static double Median(Func<double> measure)
    {
        measure();
        var times = Enumerable.Range(0, Times).Select(_ => measure()).ToList();
        Console.Error.WriteLine("  " + string.Join(" ", times.Select(t => t.ToString("0.###", CultureInfo.InvariantCulture))));
        return times.Order().ElementAt(Times / 2);
    }

    private static double Seconds(string console, IReadOnlyList<string> args, string awaited, out string line)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [console, .. args]) { RedirectStandardOutput = true })!;
        double? seconds = null;
        line = "";
        while (process.StandardOutput.ReadLine() is { } text)
        {
            if (seconds is null && text.StartsWith(awaited, StringComparison.Ordinal))
            {
                seconds = clock.Elapsed.TotalSeconds;
                line = text;
            }
        }

        process.WaitForExit();
        return seconds ?? throw new InvalidOperationException($"'{string.Join(' ', args)}' never wrote '{awaited}'");
    }
}
