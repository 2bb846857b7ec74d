using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace CitrixOps.Appliances.Nitro;

/// <summary>Sessions that are open in this process. Sessions of an appliance are scarce: none is left behind when the process ends.</summary>
public static class OpenSessions
{
    private static readonly object Gate = new();
    private static readonly HashSet<NitroConnection> All = new();
    private static bool _watching;

    /// <summary>How many are open.</summary>
    public static int Count
    {
        get
        {
            lock (Gate)
            {
                return All.Count;
            }
        }
    }

    /// <summary>Logs out everywhere.</summary>
    /// <param name="limit">How long it may take.</param>
    public static void CloseAll(TimeSpan limit)
    {
        NitroConnection[] open;
        lock (Gate)
        {
            open = All.ToArray();
        }

        Task.WhenAll(open.Select(c => c.CloseAsync(limit))).GetAwaiter().GetResult();
    }

    internal static void Add(NitroConnection connection)
    {
        lock (Gate)
        {
            All.Add(connection);
            if (!_watching)
            {
                _watching = true;
                AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll(TimeSpan.FromSeconds(2));
            }
        }
    }

    internal static void Remove(NitroConnection connection)
    {
        lock (Gate)
        {
            All.Remove(connection);
        }
    }
}
