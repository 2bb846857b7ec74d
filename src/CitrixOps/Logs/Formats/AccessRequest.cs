using System;

namespace CitrixOps.Logs.Formats;

/// <summary>Where the request stands in a line of httpaccess.log, found without parsing the line.</summary>
internal static class AccessRequest
{
    private const int HeadLength = 1024;

    /// <summary>A position that <see cref="HttpAccessLog"/> takes no part of the request from behind.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The quote that ends the request; the line's length where the line is not written as the appliance writes it.</returns>
    public static int EndIn(ReadOnlySpan<byte> line)
    {
        var quote = line.IndexOf((byte)'"');

        // host ident user [date] [pid] "request
        if (quote < 2 || line[quote - 1] != ' ' || line[quote - 2] != ']' || !HasDate(line.Slice(0, quote)) || line.IndexOf("#01"u8) >= 0)
        {
            return line.Length;
        }

        for (var at = quote + 1; at < line.Length;)
        {
            var next = line.Slice(at).IndexOf((byte)'"');
            if (next < 0)
            {
                break;
            }

            at += next;
            if (IsEnd(line.Slice(at)))
            {
                return at;
            }

            at++;
        }

        return line.Length;
    }

    private static bool HasDate(ReadOnlySpan<byte> head)
    {
        for (var i = 0; i + 12 < head.Length && i < HeadLength; i++)
        {
            if (head[i] == '[' && head[i + 3] == '/' && head[i + 7] == '/' && head[i + 12] == ':')
            {
                return true;
            }
        }

        return false;
    }

    // " 200 and a blank or the end
    private static bool IsEnd(ReadOnlySpan<byte> rest) =>
        rest.Length >= 5 && rest[1] == ' ' && rest[2] is >= (byte)'1' and <= (byte)'9' && rest[3] is >= (byte)'0' and <= (byte)'9' && rest[4] is >= (byte)'0' and <= (byte)'9'
        && (rest.Length == 5 || rest[5] == ' ');
}
