using System;

namespace CitrixOps.Logs.Formats;

/// <summary>The pairs of a message of ns.log over bytes, as <see cref="NsLogMessage"/> takes them apart: <c>Key value - Key "value" - ...</c>.</summary>
internal ref struct NsLogPairs
{
    /// <summary>No message is taken apart further.</summary>
    public const int Most = 64;

    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    /// <param name="text">The message: printable ASCII.</param>
    public NsLogPairs(ReadOnlySpan<byte> text)
    {
        _text = text;
        _position = 0;
        Key = default;
        Value = default;
        Count = 0;
    }

    /// <summary>The key, without the colons it ends with; empty for a pair without a value.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>The value, without its quotes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Pairs so far.</summary>
    public int Count { get; private set; }

    /// <summary>Goes on to the next pair.</summary>
    public bool Next()
    {
        if (_position >= _text.Length || Count == Most)
        {
            return false;
        }

        Count++;
        var end = End(_text, _position, out var next);
        var pair = Trim(_text.Slice(_position, end - _position));
        _position = next;
        var blank = pair.IndexOf((byte)' ');
        Key = WithoutEnd(pair.Slice(0, Math.Max(blank, 0)), (byte)':');
        Value = blank < 0 ? default : Unquote(Trim(pair.Slice(blank + 1)));
        return true;
    }

    /// <summary>Without blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        return WithoutEnd(text.Slice(start), (byte)' ');
    }

    private static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> text, byte value)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] == value)
        {
            end--;
        }

        return text.Slice(0, end);
    }

    // " - " outside quotes, or " --> "; a quote that never closes is none
    private static int End(ReadOnlySpan<byte> text, int start, out int next)
    {
        var i = start;
        while (true)
        {
            var dash = text.Slice(i).IndexOf(" -"u8);
            var end = dash < 0 ? text.Length : i + dash;
            var quote = text.Slice(i, end - i).IndexOf((byte)'"');
            if (quote >= 0)
            {
                var behind = i + quote + 1;
                i = behind + text.Slice(behind).IndexOf((byte)'"') + 1;
            }
            else if (end == text.Length)
            {
                next = end;
                return end;
            }
            else if (end + 2 < text.Length && text[end + 2] == ' ')
            {
                next = end + 3;
                return end;
            }
            else if (text.Slice(end).StartsWith(" --> "u8))
            {
                next = end + 5;
                return end;
            }
            else
            {
                i = end + 1;
            }
        }
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> value) =>
        value.Length == 0 || value[0] != '"' ? value : value.Length > 1 && value[value.Length - 1] == '"' ? value.Slice(1, value.Length - 2) : value.Slice(1);
}
