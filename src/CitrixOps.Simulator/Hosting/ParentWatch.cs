using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Ends the simulator when the process that started it is gone: none is left behind.</summary>
internal static class ParentWatch
{
    /// <summary>Completes when the parent has ended.</summary>
    /// <param name="given">The process to watch; null for the parent where the platform tells it.</param>
    /// <param name="stop">Ends the watch.</param>
    public static async Task Ended(int? given, CancellationToken stop)
    {
        if ((given ?? Parent()) is not { } id)
        {
            await Task.Delay(Timeout.Infinite, stop);
            return;
        }

        while (IsAlive(id) && (given is not null || Parent() == id))
        {
            await Task.Delay(500, stop);
        }
    }

    // the fourth field of /proc/self/stat, after the name in parentheses
    private static int? Parent()
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
