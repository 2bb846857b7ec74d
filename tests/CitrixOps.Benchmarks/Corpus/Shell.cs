using System;
using System.Diagnostics;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>Runs commands of the shell.</summary>
internal static class Shell
{
    /// <summary>Runs a command and fails when it does.</summary>
    /// <param name="command">The command, for bash.</param>
    /// <returns>How long it took, from start to end.</returns>
    public static TimeSpan Run(string command)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", command]) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = clock.Elapsed;
        return process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}. {output}");
    }

    /// <summary>Whether a program is there.</summary>
    public static bool Has(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", "command -v " + program]) { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
