using System;
using CitrixOps.Benchmarks;
using CitrixOps.Benchmarks.Parts;
using CitrixOps.Benchmarks.Whole;

const string Usage = """
    closing                      a closing against one call per object, and 40 gateways against one, on simulated appliances that answer after 50 ms
    parts [options]              the parts of the search, with BenchmarkDotNet; its options pass through (--filter *Stamps*)
    search <path>... [options]   the whole search, warm: each time, the least, the median. --times 10, --rules 10 (times the rules), --filter-off, --once
    rows [name]... [options]     the search beside its peers, as run.sh does: --size 1G, --rounds 5, --folder, --console, --module, --seed 1, --table
    corpus [options]             makes what rows search: --size 1G, --folder, --seed 1
    sessions [options]           a million lines of a third as many sessions: fails when it takes more memory than --most 1G; --lines, --folder, --seed 1
    literals [log type]          the literals of which one stands in each line that a rule holds on, for grep and its like
    """;

var arguments = new Arguments(args.Length > 0 ? args[1..] : []);
switch (args is [var name, ..] ? name : "")
{
    case "closing":
        await ClosingBenchmark.Run();
        return 0;
    case "parts":
        PartBenchmarks.Run(args[1..]);
        return 0;
    case "search":
        return SearchCommand.Run(arguments);
    case "rows":
        return RowsCommand.Run(arguments);
    case "corpus":
        RowsCommand.Corpus(arguments).MakeAll();
        return 0;
    case "sessions":
        return SessionsCommand.Run(arguments);
    case "literals":
        Literals.Write(Engine.ShippedRules(), arguments.Word(0) ?? "httpaccess", Console.OpenStandardOutput());
        return 0;
    default:
        Console.WriteLine(Usage);
        return 2;
}
