using System;
using System.IO;
using System.Linq;
using CitrixOps.Indicators;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>
/// What each rule, file indicator and heuristic proves, as it was decided: <c>tests/data/grades.tsv</c>. A grade, level or correlation that changes must be changed there as well,
/// by somebody who meant it; CITRIXOPS_UPDATE_TABLES=1 writes it anew.
/// </summary>
public sealed class GradesTests
{
    private static readonly string Table = Repository.Data("grades.tsv");

    [Fact]
    public void Every_rule_proves_what_was_decided()
    {
        var rules = Shipped.Rules.LogRules.Concat<Indicator>(Shipped.Rules.Correlations).Concat(Shipped.Rules.FileIndicators).Concat(Shipped.Rules.Heuristics).OrderBy(i => i.Id, StringComparer.Ordinal)
            .Select(i => string.Join('\t', i.Id, i.Grade, i.Severity, i.Phase, i.Outcome, i.Independence == i.Id ? "" : i.Independence, i is CorrelationRule c ? Described(c) : "")).ToArray();
        if (Environment.GetEnvironmentVariable("CITRIXOPS_UPDATE_TABLES") == "1")
        {
            File.WriteAllText(Table, string.Join("\n", rules) + "\n");
        }

        Assert.Equal(File.ReadAllLines(Table), rules);
    }

    [Fact]
    public void Every_heuristic_is_in_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "CitrixOps.Tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.Empty(Shipped.Rules.Heuristics.Select(h => h.Id).Where(id => !tests.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }

    private static string Described(CorrelationRule c) =>
        FormattableString.Invariant($"{c.Type} of {string.Join(", ", c.Rules)} by {string.Join(", ", c.GroupBy)} within {c.Timespan} {string.Join(" ", c.Fields)} ") + Threshold(c);

    // the smallest number that fulfils it
    private static string Threshold(CorrelationRule c) => FormattableString.Invariant($"from {Enumerable.Range(0, 10_000).First(n => c.IsFulfilledBy(n))}");
}
