using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace CitrixOps.Acceptance.Tests;

/// <summary>Runs the console host as a user would, and keeps what it said.</summary>
internal static class ConsoleProcess
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    public static string Module { get; } = Path.Combine(Root, "artifacts", "CitrixOps");

    public static (int ExitCode, string Output, string Error) Command(string text, bool legacy = false, string? input = null) => Run(["-Command", text], legacy, input);

    public static (int ExitCode, string Output, string Error) Run(IEnumerable<string> arguments, bool legacy = false, string? input = null)
    {
        using var process = Start(arguments, legacy);
        process.StandardInput.Write(input ?? "");
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("the console did not end");
        }

        Task.WaitAll(output, error);
        return (process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(IEnumerable<string> arguments, bool legacy = false)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Root };
        foreach (var argument in arguments.Prepend(Metadata("Console")))
        {
            start.ArgumentList.Add(argument);
        }

        if (legacy)
        {
            start.Environment["CITRIXOPS_LEGACY_BINARIES"] = "1";
        }

        return Process.Start(start)!;
    }

    /// <summary>Copies console and module to where every account may read them.</summary>
    public static (string Dll, string Module) CopyForOthers(string folder)
    {
        var console = Metadata("Console");
        foreach (var (from, to) in new[] { (Path.GetDirectoryName(console)!, Path.Combine(folder, "console")), (Module, Path.Combine(folder, "CitrixOps")) })
        {
            foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        return (Path.Combine(folder, "console", Path.GetFileName(console)), Path.Combine(folder, "CitrixOps", "CitrixOps.psd1"));
    }

    /// <summary>A path that the build wrote into this assembly.</summary>
    public static string Metadata(string key) => typeof(ConsoleProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;
}
