namespace CitrixOps.Logs.Formats;

/// <summary>The <c>Key value - Key value</c> text of ns.log messages, quotes respected.</summary>
internal static class NsLogPairs
{
    private const int MostPairs = 64;

    /// <summary>Sets each pair as a field.</summary>
    public static void Parse(LogRecord record, string text)
    {
        var position = 0;
        for (var pairs = 0; position < text.Length && pairs < MostPairs; pairs++)
        {
            var end = EndOfPair(text, position);
            Set(record, text.Substring(position, end - position).Trim());
            position = end + 3;
        }
    }

    private static int EndOfPair(string text, int start)
    {
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && text[i] == ' ' && i + 2 < text.Length && text[i + 1] == '-' && text[i + 2] == ' ')
            {
                return i;
            }
        }

        return text.Length;
    }

    private static void Set(LogRecord record, string pair)
    {
        var blank = pair.IndexOf(' ');
        if (blank <= 0)
        {
            return;
        }

        var key = pair.Substring(0, blank).TrimEnd(':');
        var value = pair.Substring(blank + 1).Trim();
        value = value.Length > 1 && value[0] == '"' && value[value.Length - 1] == '"' ? value.Substring(1, value.Length - 2) : value;
        if (key == "Context")
        {
            // a user name may hold an @ itself: the address follows the last one
            var at = value.LastIndexOf('@');
            record.Set("context-user", at < 0 ? value : value.Substring(0, at));
            record.Set("context-ip", at < 0 ? null : value.Substring(at + 1));
        }

        if (record[key] is null)
        {
            record.Set(key, value);
        }
    }
}
