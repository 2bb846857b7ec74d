using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>The module as it ships, in both builds, through the console.</summary>
public sealed class StagedModuleTests
{
    private const string Findings = "Search-ExploitIndicators -Path examples/sample-case -Since 2019-12-24Z -Until 2020-01-16Z 6>$null | ForEach-Object { '{0} {1:o} {2} {3} {4}' -f $_.Id, $_.Time, $_.TimeTrust, $_.Location, $_.Excerpt }";
    private const string Levels = "Get-GatewayPatchLevel -Path examples/sample-case | ForEach-Object { '{0} {1} {2} {3}' -f $_.Gateway, $_.Version, $_.Status, $_.RecommendedBuild; $_.Vulnerabilities | ForEach-Object { '{0} {1} {2} {3}' -f $_.Bulletin, $_.Cve, $_.Verdict, $_.Reason } }";
    private const string Coverage = "Get-LogCoverage -Path examples/sample-case -Since 2019-12-24Z -Until 2020-01-16Z | ForEach-Object { '{0} {1} {2:o} {3:o} {4} {5}' -f $_.Gateway, $_.Kind, $_.First, $_.Last, $_.Lines, $_.CoversReason }";

    [Theory]
    [InlineData(Findings, 40)]
    [InlineData(Levels, 140)]
    [InlineData(Coverage, 16)]
    public void Both_builds_give_the_same_answers(string command, int atLeast)
    {
        var modern = ConsoleProcess.Command(command);
        var legacy = ConsoleProcess.Command(command, legacy: true);

        Assert.Equal("", modern.Error);
        Assert.Equal("", legacy.Error);
        Assert.True(modern.Output.Split('\n').Length >= atLeast, modern.Output);
        Assert.Equal(modern.Output, legacy.Output);
    }

    [Theory]
    [InlineData(false, "net10.0")]
    [InlineData(true, "netstandard2.0")]
    public void The_right_build_is_loaded_and_a_forced_import_works(bool legacy, string folder)
    {
        var manifest = File.ReadAllText(Path.Combine(ConsoleProcess.Root, "module", "CitrixOps.psd1"));
        var exported = Regex.Match(manifest, @"CmdletsToExport\s*=\s*@\(([^)]*)\)").Groups[1].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Length;
        var result = ConsoleProcess.Command("Import-Module ./artifacts/CitrixOps -Force; 'cmdlets ' + (Get-Command -Module CitrixOps -CommandType Cmdlet).Count; [CitrixOps.Advisories.Verdict]::Affected; [CitrixOps.Investigation.Finding].Assembly.Location", legacy);

        Assert.Equal("", result.Error);
        Assert.Contains($"cmdlets {exported}\n", result.Output.Replace("\r", "", StringComparison.Ordinal));
        Assert.Contains("Affected", result.Output);
        Assert.Contains(folder, result.Output);
    }

    [Theory]
    [InlineData("older", "13")]
    [InlineData("newer", "99")]
    public void Another_version_of_a_library_changes_nothing(string which, string major)
    {
        // another YamlDotNet, as another module may have brought it, is loaded first
        var other = which == "older" ? Path.Combine(AppContext.BaseDirectory, "YamlDotNet.dll") : ConsoleProcess.Metadata("NewerYaml");
        var result = ConsoleProcess.Command($"[Reflection.Assembly]::LoadFrom('{other}').GetName().Version.Major; $r = Search-ExploitIndicators -Path examples/sample-case -AsReport; $r[0].RulesSkipped.Count; $r[0].RulesLoaded -gt 40; [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object {{ $_.GetName().Name -eq 'YamlDotNet' }} | ForEach-Object {{ $_.GetName().Version.Major }}");

        Assert.Equal("", result.Error);
        var lines = result.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([major, "0", "True"], lines[..3]);
        Assert.Equal(new[] { major, "18" }.Order(), lines[3..].Order());
    }

    [Fact]
    public void Help_is_there_for_every_command()
    {
        foreach (var command in new[] { "Get-GatewayPatchLevel", "Get-GatewayAdvisory", "Get-LogCoverage", "Search-ExploitIndicators" })
        {
            var full = ConsoleProcess.Command($"Get-Help {command} -Full | Out-Default").Output;
            foreach (var section in new[] { "SYNOPSIS", "SYNTAX", "DESCRIPTION", "PARAMETERS", "INPUTS", "OUTPUTS", "Example 1", "Example 2" })
            {
                Assert.Contains(section, full, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void The_about_topic_is_found() =>
        Assert.Contains("Inconclusive", ConsoleProcess.Command("Get-Help about_CitrixOps").Output);

    [Fact]
    public void The_sample_case_is_what_its_generator_makes()
    {
        using var folder = new TemporaryFolder();
        foreach (var options in SampleCase.Gateways)
        {
            var made = GatewayCase.Build(options);
            made.WriteTarGz(folder.Path, options.RootName);
            var extracted = Path.Combine(ConsoleProcess.Root, "examples", "sample-case", options.RootName + ".tar.gz");
            Assert.Equal(Content(Path.Combine(folder.Path, options.RootName + ".tar.gz")), Content(extracted));
        }

        static byte[] Content(string path)
        {
            using var gzip = new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress);
            using var content = new MemoryStream();
            gzip.CopyTo(content);
            return content.ToArray();
        }
    }
}
