using System.Text;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// Takes back percent-encoding of characters that never need it: letters, digits, <c>- . _ ~ / \ %</c>, in one round, with overlong UTF-8
/// and <c>%u</c> forms. Everything else stays encoded: it is ordinary there.
/// </summary>
internal static class PercentDecoding
{
    public static string Once(string text)
    {
        if (text.IndexOf('%') < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && Decode(text, i, out var length) is { } c)
            {
                result.Append(c);
                i += length - 1;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    private static char? Decode(string text, int at, out int length)
    {
        length = 0;
        if (at + 1 < text.Length && text[at + 1] is 'u' or 'U')
        {
            length = 6;
            var high = Hex(text, at + 2);
            var low = Hex(text, at + 4);

            // %uFFxx are full-width forms that some servers fold
            return high == 0 ? Plain(low) : high == 0xff && low is > 0 and < 0x5f ? Plain(low + 0x20) : null;
        }

        var first = Hex(text, at + 1);
        if (first < 0)
        {
            return null;
        }

        if (first < 0x80)
        {
            length = 3;
            return Plain(first);
        }

        // overlong: a plain character spread over two, three or four bytes
        var value = first switch { 0xc0 or 0xc1 => first & 0x1f, 0xe0 or 0xf0 => 0, _ => -1 };
        var more = first switch { 0xc0 or 0xc1 => 1, 0xe0 => 2, 0xf0 => 3, _ => 0 };
        for (var i = 1; i <= more && value >= 0; i++)
        {
            var next = at + (3 * i) < text.Length && text[at + (3 * i)] == '%' ? Hex(text, at + (3 * i) + 1) : -1;
            value = (next & 0xc0) == 0x80 ? (value << 6) | (next & 0x3f) : -1;
        }

        length = 3 * (more + 1);
        return value is > 0 and < 0x80 ? Plain(value) : null;
    }

    private static char? Plain(int value) => (char)value switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '.' or '_' or '~' or '/' or '\\' or '%' => (char)value,
        _ => null,
    };

    private static int Hex(string text, int at)
    {
        if (at + 1 >= text.Length)
        {
            return -1;
        }

        var high = Digit(text[at]);
        var low = Digit(text[at + 1]);
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
