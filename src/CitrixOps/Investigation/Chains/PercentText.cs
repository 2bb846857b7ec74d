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
