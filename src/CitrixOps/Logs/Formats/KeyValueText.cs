using System;
using System.Collections.Generic;

namespace CitrixOps.Logs.Formats;

/// <summary>Text of <c>key=value key="value with blanks"</c>.</summary>
internal static class KeyValueText
{
    private const int MostPairs = 128;

    /// <summary>Reads the pairs; the first of a key counts.</summary>
    public static Dictionary<string, string> Read(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var position = 0;
        while (position < text.Length && pairs.Count < MostPairs)
        {
            var equals = text.IndexOf('=', position);
            if (equals < 0)
            {
                break;
            }

            var blank = text.LastIndexOf(' ', equals, equals - position + 1);
            var key = text.Substring(blank < position ? position : blank + 1, equals - (blank < position ? position : blank + 1));
            int end;
            string value;
            if (equals + 1 < text.Length && text[equals + 1] == '"')
            {
                end = Quote(text, equals + 2);
                value = text.Substring(equals + 2, end - equals - 2);
            }
            else
            {
                end = text.IndexOf(' ', equals);
                end = end < 0 ? text.Length : end;
                value = text.Substring(equals + 1, end - equals - 1);
            }

            var start = key.LastIndexOf('>');
            key = key.Substring(start + 1);
            if (!pairs.ContainsKey(key))
            {
                pairs[key] = value;
            }

            position = end + 1;
        }

        return pairs;
    }

    private static int Quote(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return text.Length;
    }
}
