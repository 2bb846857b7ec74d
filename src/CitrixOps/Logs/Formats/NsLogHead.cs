using System;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The head of a packet engine's message in ns.log, read over bytes and without allocation: places of what <see cref="NsLog"/> sets as
/// fields of a record, always the same.
/// </summary>
internal readonly struct NsLogHead
{
    private NsLogHead((int Start, int Length) engine, (int Start, int Length) module, (int Start, int Length) name, (int Start, int Length) number, int text)
    {
        Engine = engine;
        Module = module;
        Event = name;
        Number = number;
        Text = text;
    }

    /// <summary>Field <c>ppe</c>; empty when absent, as the others.</summary>
    public (int Start, int Length) Engine { get; }

    /// <summary>Field <c>module</c>.</summary>
    public (int Start, int Length) Module { get; }

    /// <summary>Field <c>event</c>.</summary>
    public (int Start, int Length) Event { get; }

    /// <summary>Field <c>message-id</c>.</summary>
    public (int Start, int Length) Number { get; }

    /// <summary>Where the message begins; the length of the line when there is none.</summary>
    public int Text { get; }

    /// <summary>Reads it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="head">The places.</param>
    /// <returns>False for a line that is not a packet engine's.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out NsLogHead head)
    {
        head = default;
        var inner = NsLog.InnerStamp(line);
        var separator = inner < 0 ? -1 : line.Slice(inner).IndexOf(" : "u8);
        if (separator < 0)
        {
            return false;
        }

        var first = inner + separator + 3;
        var colon = line.Slice(first).IndexOf(" : "u8);
        var end = colon < 0 ? line.Length : first + colon;
        var (module, name, number) = Words(line, first, end);
        head = new NsLogHead(EngineIn(line, inner, inner + separator), module, name, number, colon < 0 ? line.Length : end + 3);
        return true;
    }

    private static (int Start, int Length) EngineIn(ReadOnlySpan<byte> line, int start, int end)
    {
        var at = line.Slice(start, end - start).IndexOf("PPE-"u8);
        if (at < 0)
        {
            return default;
        }

        var from = line.Slice(start, at).LastIndexOf((byte)' ') + 1;
        var rest = line.Slice(start + at, end - start - at).IndexOf((byte)' ');
        return (start + from, (rest < 0 ? end - start : at + rest) - from);
    }

    // [partition] MODULE EVENT number [0]
    private static ((int Start, int Length) Module, (int Start, int Length) Name, (int Start, int Length) Number) Words(ReadOnlySpan<byte> line, int start, int end)
    {
        (int Start, int Length) first = default, second = default, third = default, last = default, beforeLast = default;
        var count = 0;
        while (Next(line, ref start, end) is { Length: > 0 } word)
        {
            if (IsNumber(line.Slice(word.Start, word.Length)))
            {
                return count switch
                {
                    0 => (word, Next(line, ref start, end), default),
                    1 => (first, word, word),
                    _ => (beforeLast, last, word),
                };
            }

            (beforeLast, last) = (last, word);
            (first, second, third) = count switch { 0 => (word, default, default), 1 => (first, word, default), 2 => (first, second, word), _ => (first, second, third) };
            count++;
        }

        return count > 2 ? (second, third, default) : (first, second, default);
    }

    private static (int Start, int Length) Next(ReadOnlySpan<byte> line, ref int start, int end)
    {
        while (start < end && line[start] == ' ')
        {
            start++;
        }

        var from = start;
        while (start < end && line[start] != ' ')
        {
            start++;
        }

        return (from, start - from);
    }

    private static bool IsNumber(ReadOnlySpan<byte> word)
    {
        foreach (var b in word)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
        }

        return true;
    }
}
