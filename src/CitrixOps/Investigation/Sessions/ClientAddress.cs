using System;
using System.Net;
using System.Net.Sockets;
using CitrixOps.Investigation.Hunting;

namespace CitrixOps.Investigation.Sessions;

/// <summary>An IPv4 or IPv6 address in 16 bytes; IPv4 as IPv4-mapped, so that both notations of one address are equal.</summary>
internal readonly struct ClientAddress : IEquatable<ClientAddress>
{
    private const ulong Mapped = 0x0000_ffff_0000_0000;
    private readonly ulong _high;
    private readonly ulong _low;

    private ClientAddress(ulong high, ulong low)
    {
        _high = high;
        _low = low;
    }

    public bool IsIPv4 => _high == 0 && (_low & 0xffff_ffff_0000_0000) == Mapped;

    /// <summary>What one household or office has: /24, or /64.</summary>
    public ClientAddress Network => IsIPv4 ? new ClientAddress(0, _low & ~0xffUL) : new ClientAddress(_high, 0);

    /// <summary>What one provider hands out of: /16, or /32.</summary>
    public ClientAddress Neighbourhood => IsIPv4 ? new ClientAddress(0, _low & ~0xffffUL) : new ClientAddress(_high & 0xffff_ffff_0000_0000, 0);

    /// <summary>An address that is not routed on the internet: behind a translation in front of the gateway all clients have one.</summary>
    public bool IsPrivate
    {
        get
        {
            if (!IsIPv4)
            {
                return _high >> 57 == 0x7e || _high >> 54 == 0x3fa || (_high == 0 && _low == 1);
            }

            var address = (uint)_low;
            return address >> 24 is 10 or 127 || address >> 20 == 0xac1 || address >> 16 is 0xc0a8 or 0xa9fe;
        }
    }

    /// <summary>An IPv4 address from its 32 bits.</summary>
    public static ClientAddress FromIPv4(uint address) => new(0, Mapped | address);

    /// <summary>Goes on with a hash.</summary>
    public ulong Mix(ulong hash) => StableHash.Mix(StableHash.Mix(hash, _high), _low);

    /// <summary>Reads an address alone.</summary>
    public static bool TryParse(string? text, out ClientAddress address)
    {
        address = default;
        var trimmed = text?.Trim().Trim('[', ']') ?? "";
        if (trimmed.Length is < 2 or > 64 || (trimmed.IndexOf(':') < 0 && Dots(trimmed) != 3) || !IPAddress.TryParse(trimmed, out var parsed))
        {
            return false;
        }

        var bytes = parsed.GetAddressBytes();
        if (parsed.AddressFamily == AddressFamily.InterNetwork)
        {
            address = new ClientAddress(0, Mapped | ((ulong)bytes[0] << 24) | ((ulong)bytes[1] << 16) | ((ulong)bytes[2] << 8) | bytes[3]);
            return true;
        }

        ulong high = 0, low = 0;
        for (var i = 0; i < 8; i++)
        {
            high = (high << 8) | bytes[i];
            low = (low << 8) | bytes[i + 8];
        }

        address = new ClientAddress(high, low);
        return true;
    }

    /// <summary>Reads an address with its port: <c>192.0.2.4:333</c>, <c>[2001:db8::1]:333</c>, <c>2001:db8::1:333</c>.</summary>
    public static bool TryParseEndpoint(string? text, ClientAddress expected, out ClientAddress address)
    {
        address = default;
        var trimmed = text?.Trim() ?? "";
        var close = trimmed.IndexOf(']');
        if (close > 0)
        {
            return TryParse(trimmed.Substring(0, close), out address);
        }

        var colon = trimmed.LastIndexOf(':');
        if (colon < 0 || trimmed.IndexOf(':') == colon)
        {
            return TryParse(colon < 0 ? trimmed : trimmed.Substring(0, colon), out address);
        }

        // IPv6 without brackets: the port is the last group, unless the whole is the address that is expected
        return (TryParse(trimmed, out address) && address.Equals(expected)) || TryParse(trimmed.Substring(0, colon), out address) || TryParse(trimmed, out address);
    }

    public bool Equals(ClientAddress other) => _high == other._high && _low == other._low;

    public override bool Equals(object? obj) => obj is ClientAddress other && Equals(other);

    public override int GetHashCode() => (_high ^ (_high >> 32) ^ (_low * 0x9e37_79b9_7f4a_7c15UL) ^ (_low >> 29)).GetHashCode();

    public override string ToString()
    {
        if (IsIPv4)
        {
            return FormattableString.Invariant($"{(_low >> 24) & 255}.{(_low >> 16) & 255}.{(_low >> 8) & 255}.{_low & 255}");
        }

        var bytes = new byte[16];
        for (var i = 0; i < 8; i++)
        {
            bytes[i] = (byte)(_high >> (56 - (8 * i)));
            bytes[i + 8] = (byte)(_low >> (56 - (8 * i)));
        }

        return new IPAddress(bytes).ToString();
    }

    private static int Dots(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += c == '.' ? 1 : 0;
        }

        return count;
    }
}
