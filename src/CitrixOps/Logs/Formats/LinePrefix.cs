using System;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>What relays and people put before a line: a byte order mark, grep's file name, a syslog priority and version.</summary>
internal static class LinePrefix
{
    private static readonly byte[] LogWord = { (byte)'l', (byte)'o', (byte)'g' };

    /// <summary>How many bytes to leave out.</summary>
    public static int Length(ReadOnlySpan<byte> line)
    {
        var start = line.Length > 2 && line[0] == 0xef && line[1] == 0xbb && line[2] == 0xbf ? 3 : 0;
        start += GrepPrefix(line.Slice(start));
        return start + Priority(line.Slice(start));
    }

    /// <summary>The same for text with one character per byte.</summary>
    public static int Length(string line)
    {
        // nothing of the kind without one of these
        if (line.Length == 0 || (line[0] is not ('<' or '\u00ef') && line.IndexOf(':', 0, Math.Max(0, line.IndexOf(' '))) < 0 && line.IndexOf(' ') >= 0))
        {
            return 0;
        }

        Span<byte> head = stackalloc byte[Math.Min(line.Length, 300)];
        for (var i = 0; i < head.Length; i++)
        {
            head[i] = (byte)line[i];
        }

        return Length(head);
    }

    // /var/log/httpaccess.log.4:rest, and with grep -n /var/log/x.log:12:rest
    private static int GrepPrefix(ReadOnlySpan<byte> line)
    {
        var drive = line.Length > 3 && line[1] == ':' && line[2] is (byte)'\\' or (byte)'/' ? 2 : 0;
        var colon = drive + line.Slice(drive, Math.Min(line.Length - drive, 256)).IndexOf((byte)':');
        if (colon < drive + 4)
        {
            return 0;
        }

        var name = line.Slice(0, colon);
        if (name.IndexOf((byte)' ') >= 0 || name.IndexOf((byte)'"') >= 0 || name.IndexOf((byte)'[') >= 0 || name.IndexOf(LogWord) < 0)
        {
            return 0;
        }

        var end = colon + 1;
        var digits = end;
        while (digits < line.Length && StampReader.IsDigit(line[digits]))
        {
            digits++;
        }

        return digits > end && digits < line.Length && line[digits] == ':' ? digits + 1 : end;
    }

    // <134> and RFC 5424's <134>1 
    private static int Priority(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 || line[0] != '<')
        {
            return 0;
        }

        var end = line.Slice(0, Math.Min(line.Length, 6)).IndexOf((byte)'>');
        for (var i = 1; i < end; i++)
        {
            if (!StampReader.IsDigit(line[i]))
            {
                return 0;
            }
        }

        if (end < 2)
        {
            return 0;
        }

        var length = end + 1;
        while (length < line.Length && line[length] == ' ')
        {
            length++;
        }

        if (length + 1 < line.Length && line[length] == '1' && line[length + 1] == ' ')
        {
            length += 2;
        }

        while (length < line.Length && line[length] == ' ')
        {
            length++;
        }

        return length;
    }
}
