using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CitrixOps.Indicators.Matching;

/// <summary>Passes for addresses inside a network, IPv4 or IPv6.</summary>
internal sealed class CidrTest : ValueTest
{
    private readonly byte[] _network;
    private readonly int _bits;

    private CidrTest(byte[] network, int bits)
    {
        _network = network;
        _bits = bits;
    }

    /// <summary>Reads <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>.</summary>
    public static CidrTest? Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0 || !IPAddress.TryParse(text.Substring(0, slash), out var address)
            || !int.TryParse(text.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128))
        {
            return null;
        }

        return new CidrTest(address.GetAddressBytes(), bits);
    }

    public override bool Passes(string? value, IFieldSource source)
    {
        if (value is null || value.Length > 64 || !IPAddress.TryParse(value, out var address))
        {
            return false;
        }

        var bytes = (address.IsIPv4MappedToIPv6 && _network.Length == 4 ? address.MapToIPv4() : address).GetAddressBytes();
        if (bytes.Length != _network.Length)
        {
            return false;
        }

        for (var bit = 0; bit < _bits; bit += 8)
        {
            var mask = _bits - bit >= 8 ? 0xff : 0xff << (8 - (_bits - bit));
            if (((bytes[bit / 8] ^ _network[bit / 8]) & mask & 0xff) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
