using System;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>What the account may not read.</summary>
public sealed class RightsTests
{
    [Fact]
    public void A_folder_and_a_file_without_rights_are_errors_and_the_others_go_on()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "closed"));
        var log = "192.0.2.4 - - [12/Jan/2020:12:00:00 +0000] \"GET /vpn/../vpns/portal/a.xml HTTP/1.1\" 200 1 \"-\" \"-\"\n";
        folder.File("httpaccess.log", log);
        var closed = folder.File("closed.log", log);
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(folder.Path, "closed"), UnixFileMode.None);

        var (output, error) = AsOrdinaryUser($"Search-ExploitIndicators '{folder.Path}' -ErrorVariable e -ErrorAction SilentlyContinue 6>$null | ForEach-Object {{ $_.IndicatorId }}; $e | ForEach-Object {{ $_.FullyQualifiedErrorId.Split(',')[0] + ' ' + [IO.Path]::GetFileName($_.TargetObject) }}");

        Assert.Contains("shitrix-template-rendered", output);
        Assert.True(output.Contains("AccessDenied closed\n", StringComparison.Ordinal) && output.Contains("AccessDenied closed.log\n", StringComparison.Ordinal), output + error);
    }

    // root may read everything: the search runs as nobody then
    private static (string Output, string Error) AsOrdinaryUser(string command)
    {
        if (Environment.UserName != "root")
        {
            var own = ConsoleProcess.Command(command);
            return (own.Output, own.Error);
        }

        var home = Directory.CreateTempSubdirectory("citrixops-home-");
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(home.FullName, (UnixFileMode)0b111_111_111);
            }

            var console = ConsoleProcess.CopyForOthers(home.FullName);
            var start = new ProcessStartInfo("setpriv", ["--reuid", "65534", "--regid", "65534", "--clear-groups", "dotnet", console.Dll, "-Module", console.Module, "-Command", command]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home.FullName };
            start.Environment["HOME"] = home.FullName;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output, error.GetAwaiter().GetResult());
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
