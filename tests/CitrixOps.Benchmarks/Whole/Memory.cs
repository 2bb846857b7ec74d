using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>What this process needed.</summary>
internal static class Memory
{
    /// <summary>The most bytes that were resident at once, the runtime included.</summary>
    public static long Peak()
    {
        const string Name = "VmHWM:";
        if (!OperatingSystem.IsLinux())
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }

        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line[Name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
    }
}
