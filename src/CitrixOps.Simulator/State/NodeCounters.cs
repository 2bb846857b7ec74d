using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

namespace CitrixOps.Simulator.State;

/// <summary>What a node was asked: for tests that count calls.</summary>
public sealed class NodeCounters
{
    private readonly ConcurrentDictionary<string, int> _byType = new();
    private int _requests;
    private int _writes;
    private int _connections;

    /// <summary>All NITRO requests.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Requests that change something, login and logout not counted.</summary>
    public int Writes => Volatile.Read(ref _writes);

    /// <summary>TCP connections.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests of one kind, such as <c>GET systemfile</c> or <c>POST vpnvserver?action=disable</c>.</summary>
    /// <param name="operation">Method, type and action.</param>
    public int Of(string operation) => _byType.TryGetValue(operation, out var count) ? count : 0;

    /// <summary>Requests by kind.</summary>
    public System.Collections.Generic.IReadOnlyDictionary<string, int> ByOperation => new System.Collections.Generic.SortedDictionary<string, int>(_byType, System.StringComparer.Ordinal);

    /// <summary>All kinds with their numbers, for messages.</summary>
    public override string ToString() => string.Join(", ", _byType.OrderBy(p => p.Key, System.StringComparer.Ordinal).Select(p => $"{p.Value} {p.Key}"));

    internal void Count(Wire.NitroRequest request)
    {
        Interlocked.Increment(ref _requests);
        if (request.Method != "GET" && request.Type is not ("login" or "logout"))
        {
            Interlocked.Increment(ref _writes);
        }

        var action = request.Options.Action is { } a ? "?action=" + a.ToLowerInvariant() : "";
        _byType.AddOrUpdate($"{request.Method} {request.Type}{action}", 1, (_, n) => n + 1);
    }

    internal void Connected() => Interlocked.Increment(ref _connections);
}
