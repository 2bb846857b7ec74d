using System.Net;
using System.Net.Sockets;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Ports nobody uses.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A port that is free on every one of the addresses.</summary>
    public static int On(params IPAddress[] addresses)
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var port = Next();
            if (System.Array.TrueForAll(addresses, a => IsFree(a, port)))
            {
                return port;
            }
        }

        throw new System.InvalidOperationException("No port is free on all addresses.");
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
