namespace CitrixOps.Indicators.Matching;

/// <summary>
/// Text comparison that ignores case in ASCII only: bytes above 127 are compared as they are, so that Latin-1 text of unknown
/// encoding never matches by accident.
/// </summary>
internal static class AsciiText
{
    public static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;

    public static string Lower(string text)
    {
        foreach (var c in text)
        {
            if (c is >= 'A' and <= 'Z')
            {
                var chars = text.ToCharArray();
                for (var i = 0; i < chars.Length; i++)
                {
                    chars[i] = Lower(chars[i]);
                }

                return new string(chars);
            }
        }

        return text;
    }

    /// <summary>Whether <paramref name="literal"/> stands at a place; it is lower case unless <paramref name="cased"/>.</summary>
    public static bool At(string text, int position, string literal, bool cased)
    {
        if (position < 0 || position + literal.Length > text.Length)
        {
            return false;
        }

        for (var i = 0; i < literal.Length; i++)
        {
            var c = text[position + i];
            if ((cased ? c : Lower(c)) != literal[i])
            {
                return false;
            }
        }

        return true;
    }

    public static bool Contains(string text, string literal, bool cased)
    {
        for (var i = 0; i + literal.Length <= text.Length; i++)
        {
            if (At(text, i, literal, cased))
            {
                return true;
            }
        }

        return false;
    }
}
