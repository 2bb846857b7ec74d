using System.Diagnostics;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>Processes that are killed within a step: their receipts suffice. Each step once per method; the whole matrix is a command of its own.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task The_receipt_of_a_killed_process_suffices()
    {
        var program = typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "KillMatrix").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--once"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Contains("0 failures", output);
        Assert.Equal(0, process.ExitCode);
    }
}
