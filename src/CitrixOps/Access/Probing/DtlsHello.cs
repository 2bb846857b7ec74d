using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;

namespace CitrixOps.Access.Probing;

/// <summary>The first message of a DTLS client (RFC 6347), and what an answer to it is. Nothing further is sent.</summary>
internal static class DtlsHello
{
    // the suites that gateways of all branches know
    private static readonly byte[] Suites = { 0xc0, 0x2f, 0xc0, 0x30, 0xc0, 0x13, 0xc0, 0x14, 0x00, 0x9c, 0x00, 0x9d, 0x00, 0x2f, 0x00, 0x35 };

    // supported groups, point formats, signature algorithms
    private static readonly byte[] Extensions =
    {
        0x00, 0x0a, 0x00, 0x08, 0x00, 0x06, 0x00, 0x17, 0x00, 0x18, 0x00, 0x19,
        0x00, 0x0b, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0d, 0x00, 0x0a, 0x00, 0x08, 0x04, 0x01, 0x05, 0x01, 0x04, 0x03, 0x02, 0x01,
    };

    /// <summary>A client hello.</summary>
    public static byte[] Make()
    {
        var random = new byte[32];
        using (var generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        var body = new List<byte> { 0xfe, 0xfd };
        body.AddRange(random);
        body.AddRange(new byte[] { 0, 0 });
        body.AddRange(Length(Suites.Length, 2));
        body.AddRange(Suites);
        body.AddRange(new byte[] { 1, 0 });
        body.AddRange(Length(Extensions.Length, 2));
        body.AddRange(Extensions);

        // handshake: type, length, message 0, the only fragment
        var handshake = new byte[] { 1 }.Concat(Length(body.Count, 3)).Concat(new byte[] { 0, 0, 0, 0, 0 }).Concat(Length(body.Count, 3)).Concat(body).ToArray();

        // record: handshake, the version every DTLS knows, epoch and number 0
        return new byte[] { 22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 0 }.Concat(Length(handshake.Length, 2)).Concat(handshake).ToArray();
    }

    /// <summary>What an answer is, or null where it is not DTLS.</summary>
    /// <param name="datagram">The answer.</param>
    /// <param name="length">Its bytes.</param>
    public static string? Read(byte[] datagram, int length)
    {
        if (length < 14 || datagram[1] != 0xfe)
        {
            return null;
        }

        return (datagram[0], datagram[13]) switch
        {
            (22, 3) => "DTLS, asks for proof of the address first",
            (22, 2) => "DTLS, asks for no proof of the address",
            (21, _) => "DTLS, refuses this client",
            _ => null,
        };
    }

    private static IEnumerable<byte> Length(int value, int bytes) => Enumerable.Range(1, bytes).Select(i => (byte)(value >> (8 * (bytes - i))));
}
