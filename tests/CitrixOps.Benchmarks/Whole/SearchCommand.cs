using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>Searches the same files many times in one process.</summary>
internal static class SearchCommand
{
    public static int Run(Arguments arguments)
    {
        var engine = Engine.Load(arguments.Number("rules", 1), arguments.Number("seed", 1));
        var times = arguments.Has("once") ? 1 : arguments.Number("times", 10);
        var results = new List<SearchResult>();
        for (var i = 0; i < times; i++)
        {
            results.Add(engine.Search(arguments.Words, !arguments.Has("filter-off")));
            Console.WriteLine(FormattableString.Invariant($"{(i == 0 ? "first" : "      ")} {results[i].Elapsed.TotalSeconds:0.000} s"));
        }

        var warm = (times > 1 ? results.Skip(1) : results).Select(r => r.Elapsed.TotalSeconds).Order().ToList();
        var last = results[^1];
        Console.WriteLine(FormattableString.Invariant($"least {warm[0]:0.000} s, median {warm[warm.Count / 2]:0.000} s, {last.Bytes / warm[0] / 1e9:0.000} GB/s; {engine.Rules} rules, {last.Lines} lines, {last.Bytes} bytes"));
        Console.WriteLine(FormattableString.Invariant($"findings {last.Findings}"));
        Console.WriteLine(FormattableString.Invariant($"peak {Memory.Peak() >> 20} MB"));
        return 0;
    }
}
