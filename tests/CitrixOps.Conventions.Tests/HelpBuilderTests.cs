using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>The help builder refuses what is not documented.</summary>
public sealed class HelpBuilderTests
{
    [Fact]
    public void Complete_comments_become_help()
    {
        var (exitCode, error) = Build(x => x);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("T:CitrixOps.PowerShell.Commands.GetLogCoverageCommand", "<summary>.*?</summary>", "Get-LogCoverage has no synopsis")]
    [InlineData("T:CitrixOps.PowerShell.Commands.GetLogCoverageCommand", "<remarks>.*?</remarks>", "Get-LogCoverage has no description")]
    [InlineData("T:CitrixOps.PowerShell.Commands.GetLogCoverageCommand", "<example>.*?</example>", "Get-LogCoverage has fewer than 2 examples")]
    [InlineData("P:CitrixOps.PowerShell.Commands.GetLogCoverageCommand.Path", "<summary>.*?</summary>", "Get-LogCoverage -Path is not documented")]
    public void A_gap_fails_the_build_and_is_named(string member, string removed, string message)
    {
        var (exitCode, error) = Build(text => Regex.Replace(text, $"(<member name=\"{Regex.Escape(member)}\">)(.*?)(</member>)", m => m.Groups[1].Value + new Regex(removed, RegexOptions.Singleline).Replace(m.Groups[2].Value, "", 1) + m.Groups[3].Value, RegexOptions.Singleline));

        Assert.Equal(1, exitCode);
        Assert.Contains(message, error);
    }

    private static (int ExitCode, string Error) Build(Func<string, string> change)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Metadata("Binaries"), "CitrixOps*.*").Where(f => Path.GetExtension(f) is ".dll" or ".xml"))
            {
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            }

            var comments = Path.Combine(folder.FullName, "CitrixOps.PowerShell.xml");
            File.WriteAllText(comments, change(File.ReadAllText(comments)));
            var start = new ProcessStartInfo("dotnet", [Repository.Metadata("HelpBuilder"), Path.Combine(folder.FullName, "CitrixOps.PowerShell.dll"), Path.Combine(folder.FullName, "out.xml")]) { RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
