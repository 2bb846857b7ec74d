using System;
using System.Globalization;
using System.Text;

namespace CitrixOps.Investigation.Chains;

/// <summary>Takes back all percent-encoding of a text that is one character per byte, also doubled. For words in it, not for paths that rules compare.</summary>
internal static class PercentText
{
    private const int Rounds = 3;

    /// <summary>The decoded text, or the same instance when nothing was encoded.</summary>
    public static string Decode(string text)
    {
        for (var round = 0; round < Rounds && text.IndexOf('%') >= 0; round++)
        {
            var next = Once(text);
            if (next.Length == text.Length)
            {
                break;
            }

            text = next;
        }

        return text;
    }

    /// <summary>
    /// Whether decoding can bring out a lower-case letter or an escape that does not stand in a text: there is an escape of one, of a
    /// percent sign, or a percent sign that begins no escape and may begin one once what follows is decoded.
    /// </summary>
    public static bool MayHide(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            text = text.Slice(at + 1);
            if (text.Length < 2 || !Uri.IsHexDigit((char)text[0]) || !Uri.IsHexDigit((char)text[1]) || text[0] is (byte)'6' or (byte)'7' || (text[0] == '2' && text[1] == '5'))
            {
                return true;
            }
        }

        return false;
    }

    private static string Once(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && Uri.IsHexDigit(text[i + 1]) && Uri.IsHexDigit(text[i + 2]))
            {
                result.Append((char)int.Parse(text.Substring(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
