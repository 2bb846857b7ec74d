using System;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>The console host itself.</summary>
public sealed class ConsoleTests
{
    [Theory]
    [InlineData("'fine'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("throw 'broken'", 1)]
    [InlineData("Get-GatewayPatchLevel -Version nonsense", 0)]
    public void The_exit_code_tells_how_it_ended(string command, int expected) => Assert.Equal(expected, ConsoleProcess.Command(command).ExitCode);

    [Fact]
    public void A_script_gets_its_arguments_and_its_failure_is_an_exit_code()
    {
        using var folder = new TemporaryFolder();
        var script = folder.File("s.ps1", "param([string] $Name, [switch] $Loud, [int] $Code)\n\"$Name $Loud\"\nexit $Code\n");
        var broken = folder.File("b.ps1", "'before'\nthrow 'broken in script'\n");

        var ran = ConsoleProcess.Run(["-File", script, "-Name", "it's me", "-Loud", "-Code", "3"]);
        var failed = ConsoleProcess.Run(["-File", broken]);

        Assert.Equal((3, "it's me True"), (ran.ExitCode, ran.Output.Trim()));
        Assert.Equal((1, "before"), (failed.ExitCode, failed.Output.Trim()));
        Assert.Contains("broken in script", failed.Error);
        Assert.Contains("b.ps1:2", failed.Error);
        Assert.Equal(1, ConsoleProcess.Run(["-File", "nowhere.ps1"]).ExitCode);
        Assert.Equal(0, ConsoleProcess.Run(["-File", folder.File("e.ps1", "Get-GatewayPatchLevel -Version nonsense\n")]).ExitCode);
    }

    [Fact]
    public void A_script_that_needs_full_PowerShell_says_so()
    {
        using var folder = new TemporaryFolder();

        var result = ConsoleProcess.Run(["-File", folder.File("s.ps1", "#requires -Modules Microsoft.PowerShell.Utility\n'not reached'\n")]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Microsoft.PowerShell.Utility", result.Error);
        Assert.DoesNotContain("not reached", result.Output);
    }

    [Fact]
    public void Streams_are_kept_apart_and_redirected_output_has_no_escapes()
    {
        var result = ConsoleProcess.Command("Get-GatewayPatchLevel -Version nonsense, 13.0-92.31; [char]27 + ']0;title' + [char]7 + 'safe'");

        Assert.Contains("13.0-92.31", result.Output);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
        Assert.Contains("safe", result.Output);
        Assert.Contains("nonsense", result.Output + result.Error);
    }

    [Fact]
    public void The_prompt_reads_commands_goes_on_over_open_braces_and_leaves()
    {
        var result = ConsoleProcess.Run([], input: "$x = 20\nif ($true) {\n$x + 1\n}\n\nexit 4\n");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("It lacks the Utility, Management and Security modules", result.Output);
        Assert.Contains("21", result.Output);
    }

    [Fact]
    public async Task Ctrl_C_stops_a_script()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var process = ConsoleProcess.Start(["-Command", "'started'; [System.Threading.Tasks.Task]::Delay(1).Wait(); while ($true) { $null = 1 }"]);
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync());
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), "still running after Ctrl+C");
        Assert.Equal(130, process.ExitCode);
    }

    [Fact]
    public void A_command_line_that_cannot_be_understood_is_explained()
    {
        var result = ConsoleProcess.Run(["-Frobnicate"]);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains("-Frobnicate", result.Error);
        Assert.Contains("-File", ConsoleProcess.Run(["-Help"]).Output);
    }

    [Fact]
    public void Completion_knows_commands_parameters_and_values()
    {
        var result = ConsoleProcess.Command("'Search-Expl', 'Search-ExploitIndicators -AsR', 'Get-LogCoverage -LogType htt', 'Get-GatewayPatchLevel -Edition F' | ForEach-Object { (TabExpansion2 $_).CompletionMatches.CompletionText }");

        Assert.Equal(["Search-ExploitIndicators", "Search-ExploitIndicator", "-AsReport", "httpaccess", "httperror", "Fips"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => l.Length > 0).Distinct().OrderBy(l => Array.IndexOf(["Search-ExploitIndicators", "Search-ExploitIndicator", "-AsReport", "httpaccess", "httperror", "Fips"], l)));
    }
}
