using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;

namespace CitrixOps.Simulator.Traffic;

/// <summary>Addresses from one to another, of one family.</summary>
internal readonly record struct AddressRange(BigInteger First, BigInteger Last, bool IsIPv6)
{
    public bool Contains(IPAddress address) => (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) == IsIPv6 && Number(address) is var number && number >= First && number <= Last;

    /// <summary>Reads <c>a</c>, <c>a-b</c> or <c>a/length</c>.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (slash > 0)
        {
            if (!Parse(text[..slash], out var network) || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > network.GetAddressBytes().Length * 8)
            {
                return false;
            }

            var size = BigInteger.One << (network.GetAddressBytes().Length * 8 - length);
            var first = Number(network) / size * size;
            range = new AddressRange(first, first + size - 1, network.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6);
            return true;
        }

        if (!Parse(dash > 0 ? text[..dash] : text, out var from) || !Parse(dash > 0 ? text[(dash + 1)..] : text, out var to) || from.AddressFamily != to.AddressFamily)
        {
            return false;
        }

        range = new AddressRange(Number(from), Number(to), from.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6);
        return true;
    }

    public static BigInteger Number(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);

    public static IPAddress Address(BigInteger number, bool six)
    {
        var bytes = new byte[six ? 16 : 4];
        var raw = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        raw.CopyTo(bytes, bytes.Length - raw.Length);
        return new IPAddress(bytes);
    }

    private static bool Parse(string text, [NotNullWhen(true)] out IPAddress? address) => IPAddress.TryParse(text.Trim(), out address);
}
