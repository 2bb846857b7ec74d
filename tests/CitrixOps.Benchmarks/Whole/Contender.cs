using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Benchmarks.Corpus;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>Something that is measured by turns with others.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Measure">Runs it once and returns the seconds it took.</param>
internal sealed record Contender(string Name, Func<double> Measure)
{
    // code is compiled for good only after it has run some time
    private const int WarmingRounds = 2;

    /// <summary>A command of the shell.</summary>
    public static Contender Command(string name, string command) => new(name, () => Shell.Run(command).TotalSeconds);

    /// <summary>Our search; fails when it finds anything else than what is planted.</summary>
    public static Contender Ours(string name, Engine engine, IReadOnlyList<string> paths, int findings, (DateTimeOffset Since, DateTimeOffset Until)? window = null) => new(name, () =>
    {
        var result = engine.Search(paths, window: window);
        return result.Findings == findings ? result.Elapsed.TotalSeconds : throw new InvalidOperationException($"{name}: {result.Findings} findings instead of the {findings} that are planted");
    });

    /// <summary>Runs contenders by turns.</summary>
    /// <param name="contenders">The contenders.</param>
    /// <param name="rounds">How often each is measured, after two rounds that are not.</param>
    /// <returns>The median of each, in seconds.</returns>
    public static IReadOnlyList<double> Alternate(IReadOnlyList<Contender> contenders, int rounds)
    {
        var times = contenders.Select(_ => new List<double>()).ToList();
        for (var round = -WarmingRounds; round < rounds; round++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var seconds = contenders[i].Measure();
                if (round >= 0)
                {
                    times[i].Add(seconds);
                    Console.Error.WriteLine(FormattableString.Invariant($"  {contenders[i].Name}: {seconds:0.000} s"));
                }
            }
        }

        return times.Select(t => t.Order().ElementAt((t.Count - 1) / 2)).ToList();
    }
}
