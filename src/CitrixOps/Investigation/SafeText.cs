using System;
using System.Globalization;
using System.Text;

namespace CitrixOps.Investigation;

/// <summary>
/// Makes text that attackers wrote safe to print: control characters, bidirectional overrides and other invisible characters
/// become visible escapes, and nothing is longer than asked for.
/// </summary>
public static class SafeText
{
    /// <summary>The longest excerpt, in characters.</summary>
    public const int ExcerptLength = 400;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Turns a record (one character per byte) into printable text: UTF-8 where it is valid, else its bytes as escapes.</summary>
    /// <param name="latin1">The record, one character per byte.</param>
    /// <param name="length">The longest result, in characters before escaping.</param>
    /// <returns>The printable text; ends with an ellipsis where it was cut.</returns>
    public static string FromRecord(string latin1, int length = ExcerptLength)
    {
        // four bytes make one character at most, and a cut in the middle of one only costs its escape
        var cut = latin1.Length > length * 4 ? latin1.Substring(0, length * 4) : latin1;
        string text;
        try
        {
            text = Utf8.GetString(ToBytes(cut));
        }
        catch (DecoderFallbackException)
        {
            return Escape(cut, length, latin1.Length > cut.Length, bytes: true);
        }

        return Escape(text, length, latin1.Length > cut.Length, bytes: false);
    }

    /// <summary>Makes ordinary text (a path, a name) printable.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The longest result, in characters before escaping.</param>
    /// <returns>The printable text.</returns>
    public static string FromText(string text, int length = ExcerptLength) => Escape(text, length, truncated: false, bytes: false);

    /// <summary>
    /// Keeps a spreadsheet from taking exported text for a formula: text that begins with <c>= + - @</c> gets an apostrophe before it,
    /// which the spreadsheet hides.
    /// </summary>
    /// <param name="text">Printable text.</param>
    /// <returns>The text, or the same instance when it is harmless.</returns>
    public static string Cell(string text) => text.Length > 0 && text.TrimStart(' ') is { Length: > 0 } start && start[0] is '=' or '+' or '-' or '@' ? "'" + text : text;

    private static string Escape(string text, int length, bool truncated, bool bytes)
    {
        var result = new StringBuilder(Math.Min(text.Length, length) + 8);
        for (var i = 0; i < text.Length && i < length; i++)
        {
            var c = text[i];
            if (c == '\t')
            {
                result.Append(' ');
            }
            else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || (bytes && c >= 0x80))
            {
                result.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            }
            else if (IsInvisible(text, i))
            {
                result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append(c);
            }
        }

        if (truncated || text.Length > length)
        {
            result.Append('\u2026');
        }

        return result.ToString();
    }

    private static bool IsInvisible(string text, int index) => CharUnicodeInfo.GetUnicodeCategory(text, index) is
        UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static byte[] ToBytes(string latin1)
    {
        var bytes = new byte[latin1.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)latin1[i];
        }

        return bytes;
    }
}
