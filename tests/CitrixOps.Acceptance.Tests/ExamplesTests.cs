using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>Every example that does not ask for full PowerShell runs here as a user would run it.</summary>
public sealed class ExamplesTests
{
    public static IEnumerable<object[]> Examples() => Directory.EnumerateFiles(Path.Combine(ConsoleProcess.Root, "examples"), "*.ps1")
        .Where(f => !File.ReadAllText(f).Contains("#requires -Modules Microsoft.PowerShell", StringComparison.OrdinalIgnoreCase))
        .Select(f => new object[] { Path.GetFileName(f) });

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_runs(string name)
    {
        var result = ConsoleProcess.Run(["-File", Path.Combine("examples", name)]);

        Assert.Equal("", result.Error);
        Assert.Equal(name.StartsWith("04-", StringComparison.Ordinal) ? 4 : 0, result.ExitCode);
        Assert.Contains("gw-raadhuis", result.Output);
    }

    [Fact]
    public void The_examples_of_the_readme_are_among_them() =>
        Assert.Equal(["01-Is-my-gateway-exposed.ps1", "02-Search-a-support-bundle.ps1", "03-Close-and-reopen.ps1", "04-Scheduled-search.ps1"], Examples().Select(e => e[0]).Order());

    [Theory]
    [InlineData("examples/sample-case/*192.0.2.20*", "2019-12-24Z", "2020-01-16Z", 4)]
    [InlineData("examples/sample-case/*192.0.2.10*", "2019-12-24Z", "2020-01-16Z", 2)]
    [InlineData("examples/sample-case/*192.0.2.10*", "2019-11-01Z", "2020-01-16Z", 3)]
    [InlineData("examples/sample-case/*192.0.2.10*", "2020-01-18Z", "2020-01-19Z", 0)]
    [InlineData("examples/sample-case", "2020-01-16Z", "2019-01-16Z", 1)]
    public void The_scheduled_search_ends_with_the_code_of_the_verdict(string path, string since, string until, int code) =>
        Assert.Equal(code, ConsoleProcess.Run(["-Command", $"& ./examples/04-Scheduled-search.ps1 -Path {path} -Since {since} -Until {until}; exit $LASTEXITCODE"]).ExitCode);

    [Fact]
    public void The_search_example_tells_attempt_from_access()
    {
        var output = ConsoleProcess.Run(["-File", "examples/02-Search-a-support-bundle.ps1"]).Output;

        Assert.Matches("gw-raadhuis\\s+Verdict\\s+: Attempted", output);
        Assert.Matches("gw-sociaal\\s+Verdict\\s+: Compromised", output);
    }

    [Fact]
    public void The_readme_shows_what_the_search_example_prints()
    {
        var output = ConsoleProcess.Run(["-File", "examples/02-Search-a-support-bundle.ps1"]).Output;

        Assert.Contains(Comparable(output), Comparable(File.ReadAllText(Path.Combine(ConsoleProcess.Root, "README.md"))));

        // the time it took differs
        static string Comparable(string text) => System.Text.RegularExpressions.Regex.Replace(string.Join("\n", text.Split('\n').Select(l => l.TrimEnd())).Trim('\n'), " in [0-9.,]+ s", " in a moment");
    }
}
