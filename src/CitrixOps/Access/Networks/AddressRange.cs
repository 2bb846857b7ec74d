using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using CitrixOps.Errors;

namespace CitrixOps.Access.Networks;

/// <summary>Addresses from one to another, of one family.</summary>
/// <param name="First">The first, as a number.</param>
/// <param name="Last">The last, as a number.</param>
/// <param name="IsIPv6">True for IPv6.</param>
public readonly record struct AddressRange(BigInteger First, BigInteger Last, bool IsIPv6)
{
    /// <summary>Every address of a family.</summary>
    /// <param name="six">True for IPv6.</param>
    public static AddressRange All(bool six) => new(BigInteger.Zero, (BigInteger.One << (six ? 128 : 32)) - 1, six);

    /// <summary>One address.</summary>
    /// <param name="address">The address; an IPv4 address within IPv6 is taken as IPv4.</param>
    public static AddressRange Of(IPAddress address)
    {
        _ = address ?? throw new ArgumentNullException(nameof(address));
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        Array.Reverse(bytes);
        var number = new BigInteger(Concat(bytes));
        return new AddressRange(number, number, plain.AddressFamily == AddressFamily.InterNetworkV6);
    }

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>10.0.0.1-10.0.0.9</c> or one address.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CitrixOpsException"><c>NetworkNotRecognised</c>.</exception>
    public static AddressRange Parse(string text) => TryParse(text, out var range)
        ? range
        : throw new CitrixOpsException(new Problem("NetworkNotRecognised", ErrorKind.InvalidArgument, $"'{Investigation.SafeText.FromText(text ?? "", 80)}' is no network.", Investigation.SafeText.FromText(text ?? "", 80), "Give 10.0.0.0/8, 2001:db8::/32, 10.0.0.1-10.0.0.9, or an address."));

    /// <summary>Reads as <see cref="Parse"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">What was read.</param>
    public static bool TryParse(string? text, out AddressRange range)
    {
        range = default;
        var given = (text ?? "").Trim();
        var slash = given.IndexOf('/');
        var dash = given.IndexOf('-');
        if (slash > 0)
        {
            if (!Address(given.Substring(0, slash), out var network) || !int.TryParse(given.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > (network.IsIPv6 ? 128 : 32))
            {
                return false;
            }

            var size = BigInteger.One << ((network.IsIPv6 ? 128 : 32) - length);
            var first = network.First / size * size;
            range = new AddressRange(first, first + size - 1, network.IsIPv6);
            return true;
        }

        if (!Address(dash > 0 ? given.Substring(0, dash) : given, out var from) || !Address(dash > 0 ? given.Substring(dash + 1) : given, out var to) || from.IsIPv6 != to.IsIPv6 || to.First < from.First)
        {
            return false;
        }

        range = new AddressRange(from.First, to.First, from.IsIPv6);
        return true;
    }

    /// <summary>True where another range shares an address with this one.</summary>
    /// <param name="other">The other.</param>
    public bool Overlaps(AddressRange other) => IsIPv6 == other.IsIPv6 && First <= other.Last && other.First <= Last;

    /// <summary>The range as subnets, the fewest there can be.</summary>
    public IEnumerable<string> Subnets()
    {
        var bits = IsIPv6 ? 128 : 32;
        for (var first = First; first <= Last;)
        {
            var length = bits;
            while (length > 0 && first % (BigInteger.One << (bits - length + 1)) == 0 && first + (BigInteger.One << (bits - length + 1)) - 1 <= Last)
            {
                length--;
            }

            yield return Text(first, IsIPv6) + "/" + length.ToString(CultureInfo.InvariantCulture);
            first += BigInteger.One << (bits - length);
        }
    }

    /// <summary>One address, or <c>first-last</c>, as the appliance's ACLs write it.</summary>
    public override string ToString() => First == Last ? Text(First, IsIPv6) : Text(First, IsIPv6) + "-" + Text(Last, IsIPv6);

    private static string Text(BigInteger number, bool six)
    {
        var bytes = new byte[six ? 16 : 4];
        var raw = number.ToByteArray();
        for (var i = 0; i < Math.Min(raw.Length, bytes.Length); i++)
        {
            bytes[bytes.Length - 1 - i] = raw[i];
        }

        return new IPAddress(bytes).ToString();
    }

    private static bool Address(string text, out AddressRange range)
    {
        range = default;
        var given = text.Trim();

        // "10" and "0x7f.1" are addresses to the framework, not to people
        if (given.IndexOf('%') >= 0 || (given.IndexOf(':') < 0 && given.Split('.').Length != 4) || !IPAddress.TryParse(given, out var address))
        {
            return false;
        }

        range = Of(address);
        return true;
    }

    // a leading zero keeps the number positive
    private static byte[] Concat(byte[] littleEndian)
    {
        var bytes = new byte[littleEndian.Length + 1];
        littleEndian.CopyTo(bytes, 0);
        return bytes;
    }
}
