using System;
using System.Net;
using System.Net.Sockets;

namespace CitrixOps.Logs.Formats;

/// <summary>Takes an address and its port apart.</summary>
internal static class EndpointText
{
    /// <summary>Splits <c>192.0.2.1:443</c>, <c>[2001:db8::1]:443</c>, <c>2001:db8::1:443</c> (the last group is the port) or an address alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port, or null.</param>
    /// <returns>False when there is no address in it.</returns>
    public static bool TrySplit(string text, out string address, out string? port)
    {
        port = null;
        text = text.Trim();
        address = text;
        if (text.Length is 0 or > 64)
        {
            return false;
        }

        if (text[0] == '[')
        {
            var close = text.IndexOf(']');
            address = close < 0 ? text.Substring(1) : text.Substring(1, close - 1);
            port = close >= 0 && close + 1 < text.Length && text[close + 1] == ':' && IsPort(text.Substring(close + 2)) ? text.Substring(close + 2) : null;
            return IsAddress(address);
        }

        var colon = text.LastIndexOf(':');
        if (colon > 0 && IsPort(text.Substring(colon + 1)))
        {
            var before = text.Substring(0, colon);

            // an IPv6 address has eight groups or a double colon: what is one without its last group has a port
            if (IsAddress(before) && (before.IndexOf(':') < 0 || before.IndexOf("::", StringComparison.Ordinal) >= 0 || before.Split(':').Length == 8))
            {
                address = before;
                port = text.Substring(colon + 1);
                return true;
            }
        }

        return IsAddress(text);
    }

    /// <summary>Whether a text is an IPv4 or IPv6 address in its usual form.</summary>
    public static bool IsAddress(string text) => text.Length is > 1 and < 46 && (text.IndexOf('.') > 0 || text.IndexOf(':') >= 0) && IPAddress.TryParse(text, out var parsed)
        && (parsed.AddressFamily == AddressFamily.InterNetworkV6 || text.Split('.').Length == 4);

    private static bool IsPort(string text)
    {
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 5;
    }
}
