using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>Scripts, documents and what must not stand in any file.</summary>
public sealed class TextTests
{
    // commands that the console's engine does not have
    private static readonly string[] FullPowerShellOnly =
    [
        "Add-Type", "ConvertFrom-Json", "ConvertTo-Csv", "ConvertTo-Html", "ConvertTo-Json", "Export-Csv", "Format-List", "Format-Table", "Format-Wide", "Get-ChildItem", "Get-Content", "Get-Date", "Get-Random",
        "Group-Object", "Import-Csv", "Join-Path", "Measure-Object", "New-Item", "New-Object", "Out-File", "Out-String", "Remove-Item", "Resolve-Path", "Select-Object", "Set-Content", "Sort-Object", "Split-Path", "Start-Sleep", "Test-Path",
        "Tee-Object", "Write-Error", "Write-Host", "Write-Output", "Write-Verbose", "Write-Warning",
    ];

    public static IEnumerable<object[]> Scripts() => Repository.Files.Where(f => Path.GetExtension(f) is ".ps1" or ".psm1" or ".psd1").Select(f => new object[] { f });

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_parses_and_says_what_it_needs(string path)
    {
        var tree = Parser.ParseInput(Repository.Read(path), out _, out var errors);
        Assert.Empty(errors.Select(e => $"{path}: {e.Message}"));
        if (path.StartsWith("tests/Pester/", StringComparison.Ordinal) || tree.ScriptRequirements?.RequiredModules.Any(m => m.Name == "Microsoft.PowerShell.Utility") == true)
        {
            return;
        }

        var used = tree.FindAll(a => a is CommandAst, true).Cast<CommandAst>().Select(c => c.GetCommandName()).Where(n => n is not null);
        Assert.Empty(used.Intersect(FullPowerShellOnly, StringComparer.OrdinalIgnoreCase).Select(n => $"{path} uses {n} without #requires -Modules Microsoft.PowerShell.Utility"));
    }

    // whole strings that scanners on users' machines quarantine, put together here so that this file has none
    [Fact]
    public void No_file_holds_a_string_that_is_quarantined()
    {
        string[] forbidden = ["ev" + "al($_PO" + "ST", "ev" + "al($_GE" + "T", "base64_de" + "code($_PO" + "ST", "ass" + "ert($_", "sys" + "tem($_", "<?php @ev" + "al", "template." + "new({'BLO" + "CK'", "my ($cit" + "rixmd", "[%temp" + "late.new"];
        foreach (var file in Repository.Files.Where(f => Path.GetExtension(f) is not (".gz" or ".zip")))
        {
            var text = Repository.Read(file);
            Assert.Empty(forbidden.Where(s => text.Contains(s, StringComparison.OrdinalIgnoreCase)).Select(s => $"{file}: {s[..4]}…"));
        }
    }

    [Fact]
    public void No_file_names_a_machine_or_a_registry()
    {
        var pattern = new Regex("/(work|farm)/|(api|registry|deb)\\.(nuget|npmjs|debian)\\.org", RegexOptions.CultureInvariant);
        Assert.Empty(Repository.Files.Where(f => Path.GetExtension(f) is not (".gz" or ".zip") && !f.EndsWith("TextTests.cs", StringComparison.Ordinal) && pattern.IsMatch(Repository.Read(f))));
    }

    [Fact]
    public void Ci_runs_the_test_command_of_the_readme()
    {
        var command = Regex.Match(Repository.Read("README.md"), "^dotnet test .*$", RegexOptions.Multiline).Value.Trim();

        Assert.StartsWith("dotnet test", command);
        Assert.Contains("README.md", Repository.Read(".ci/run"));
    }

    [Fact]
    public void The_about_topic_fits_eighty_columns() =>
        Assert.Empty(Repository.Files.Where(f => f.StartsWith("module/en-US/about_", StringComparison.Ordinal)).SelectMany(f => Repository.Read(f).Split('\n')).Where(l => l.TrimEnd().Length > 80));
}
