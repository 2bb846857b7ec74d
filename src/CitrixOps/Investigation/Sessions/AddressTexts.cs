using System;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Sessions;

/// <summary>
/// Reads addresses from bytes as <see cref="ClientAddress"/> reads them from texts. IPv4 in its ordinary form costs nothing; of others
/// the last few are remembered.
/// </summary>
internal sealed class AddressTexts
{
    private const int Remembered = 256;
    private readonly (byte[] Text, ClientAddress? Address)[] _last = new (byte[], ClientAddress?)[Remembered];

    /// <summary>Reads an address alone.</summary>
    public ClientAddress? Of(ReadOnlySpan<byte> text)
    {
        if (TryOrdinary(text, out var address))
        {
            return address;
        }

        if (text.Length is < 2 or > 80)
        {
            return Parse(text);
        }

        ref var known = ref _last[(int)(StableHash.Of(text) % Remembered)];
        if (known.Text is null || !text.SequenceEqual(known.Text))
        {
            known = (text.ToArray(), Parse(text));
        }

        return known.Address;
    }

    /// <summary>Reads an address with its port.</summary>
    /// <param name="text">Both.</param>
    /// <param name="expected">The client of the session.</param>
    public ClientAddress? OfEndpoint(ReadOnlySpan<byte> text, ClientAddress? expected)
    {
        var colon = text.LastIndexOf((byte)':');
        if (colon < 0)
        {
            return Of(text);
        }

        if (text.IndexOf((byte)']') < 0)
        {
            var before = text.Slice(0, colon);
            if (before.IndexOf((byte)':') < 0)
            {
                return Of(before);
            }

            // where all but the last group is the client it does not matter whether that is a port
            if (Of(before) is { } address && address.Equals(expected ?? default))
            {
                return address;
            }
        }

        return ClientAddress.TryParseEndpoint(Latin1.Of(text), expected ?? default, out var odd) ? odd : null;
    }

    private static ClientAddress? Parse(ReadOnlySpan<byte> text) => ClientAddress.TryParse(Latin1.Of(text), out var address) ? address : null;

    // four decimal numbers without leading zeros
    private static bool TryOrdinary(ReadOnlySpan<byte> text, out ClientAddress address)
    {
        address = default;
        uint all = 0, part = 0;
        int parts = 0, digits = 0;
        foreach (var b in text)
        {
            if (b == '.')
            {
                if (digits == 0 || ++parts > 3)
                {
                    return false;
                }

                (all, part, digits) = ((all << 8) | part, 0, 0);
                continue;
            }

            var digit = (uint)(b - '0');
            part = (part * 10) + digit;
            if (digit > 9 || (digits > 0 && part < 10) || part > 255)
            {
                return false;
            }

            digits++;
        }

        address = ClientAddress.FromIPv4((all << 8) | part);
        return parts == 3 && digits > 0;
    }
}
