using System;
using System.Net;

namespace CitrixOps.Access.Networks;

/// <summary>
/// Which addresses lie inside: those that the internet does not route (RFC 1918, RFC 6598, RFC 4193, link-local, loopback), unless it was
/// said otherwise. What was said counts more; external counts more than internal.
/// </summary>
public sealed class NetworkPlan
{
    private static readonly AddressSet Private = AddressSet.Parse(new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "fc00::/7", "fe80::/10", "::1" });
    private readonly AddressSet _external;
    private readonly AddressSet _internal;

    /// <summary>Makes one.</summary>
    /// <param name="external">Networks that count as outside, whatever their addresses are.</param>
    /// <param name="inner">Networks that count as inside.</param>
    public NetworkPlan(AddressSet? external = null, AddressSet? inner = null)
    {
        _external = external ?? AddressSet.Empty;
        _internal = inner ?? AddressSet.Empty;
    }

    /// <summary>Everything that lies inside.</summary>
    public AddressSet Inside => Private.Union(_internal).Except(_external);

    /// <summary>True where it was said that the address lies outside.</summary>
    /// <param name="address">The address.</param>
    public bool IsDeclaredExternal(IPAddress address) => _external.Contains(address);

    /// <summary>True where the address lies inside.</summary>
    /// <param name="address">The address.</param>
    /// <param name="reason">Why we think so.</param>
    public bool IsInside(IPAddress address, out string reason)
    {
        _ = address ?? throw new ArgumentNullException(nameof(address));
        if (_external.Contains(address))
        {
            reason = "in a network given with -ExternalNetwork";
            return false;
        }

        if (_internal.Contains(address))
        {
            reason = "in a network given with -InternalNetwork";
            return true;
        }

        var inside = Private.Contains(address);
        reason = inside ? "an address that the internet does not route" : "a public address";
        return inside;
    }
}
