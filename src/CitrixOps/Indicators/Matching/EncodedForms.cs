using System;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// The byte sequences without which a request's normalised views equal the request: on a line that has none of them a rule holds on
/// the request as logged or not at all.
/// </summary>
internal static class EncodedForms
{
    private static readonly bool[] Unreserved = Table("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/\\%");

    /// <summary>Whether one of the sequences begins at a place.</summary>
    /// <param name="line">A line, or a block of lines.</param>
    /// <param name="at">The place.</param>
    public static bool StandsAt(ReadOnlySpan<byte> line, int at) => line[at] switch
    {
        // https://, as in every referer, is none; an absolute request has its own slash path behind it
        (byte)'/' => at + 1 < line.Length && (line[at + 1] == '.' || (line[at + 1] == '/' && (at == 0 || line[at - 1] != ':'))),

        // (Windows NT 10.0; Win64; x64) is none
        (byte)';' => at + 1 >= line.Length || line[at + 1] != ' ',
        (byte)'\\' => true,
        (byte)'%' => Percent(line.Slice(at + 1)),
        _ => false,
    };

    // %41 and the like, overlong forms, %u; not %20, %3d, or UTF-8
    private static bool Percent(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > 0 && (rest[0] | 0x20) == 'u')
        {
            return true;
        }

        if (rest.Length < 2 || Hex(rest[0]) < 0 || Hex(rest[1]) < 0)
        {
            return false;
        }

        return ((Hex(rest[0]) << 4) | Hex(rest[1])) switch
        {
            < 0x80 and var value => Unreserved[value],
            0xc0 or 0xc1 => true,
            0xe0 or 0xf0 => rest.Length > 2 && rest[2] == '%',
            _ => false,
        };
    }

    private static int Hex(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    private static bool[] Table(string characters)
    {
        var table = new bool[128];
        foreach (var c in characters)
        {
            table[c] = true;
        }

        return table;
    }
}
