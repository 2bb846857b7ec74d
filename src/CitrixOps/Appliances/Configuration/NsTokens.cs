using System.Collections.Generic;
using System.Text;

namespace CitrixOps.Appliances.Configuration;

/// <summary>Splits a statement into words: blanks separate, double quotes hold together, a backslash inside quotes escapes, <c>q/…/</c> is verbatim.</summary>
internal static class NsTokens
{
    private const int MostWords = 4096;
    private const string Delimiters = "/{<|~$^+=&%@`?";
    private const string Closing = "/}>|~$^+=&%@`?";

    public static List<(string Text, bool Quoted)> Split(string line)
    {
        var words = new List<(string, bool)>();
        var position = 0;
        while (position < line.Length && words.Count < MostWords)
        {
            if (line[position] is ' ' or '\t')
            {
                position++;
            }
            else if (line[position] == '"')
            {
                words.Add((Quoted(line, ref position), true));
            }
            else if (line[position] == 'q' && position + 1 < line.Length && Delimiters.IndexOf(line[position + 1]) >= 0 && Verbatim(line, ref position) is { } text)
            {
                words.Add((text, true));
            }
            else
            {
                var start = position;
                while (position < line.Length && line[position] is not (' ' or '\t'))
                {
                    position++;
                }

                words.Add((line.Substring(start, position - start), false));
            }
        }

        return words;
    }

    /// <summary>Whether a double quote is still open at the end: the value goes on in the next line.</summary>
    public static bool IsOpen(string line)
    {
        var quotes = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && quotes)
            {
                i++;
            }
            else if (line[i] == '"' && (quotes || i == 0 || line[i - 1] is ' ' or '\t'))
            {
                quotes = !quotes;
            }
        }

        return quotes;
    }

    private static string Quoted(string line, ref int position)
    {
        var text = new StringBuilder();
        for (position++; position < line.Length; position++)
        {
            if (line[position] == '\\' && position + 1 < line.Length)
            {
                text.Append(line[++position]);
            }
            else if (line[position] == '"')
            {
                position++;
                break;
            }
            else
            {
                text.Append(line[position]);
            }
        }

        return text.ToString();
    }

    private static string? Verbatim(string line, ref int position)
    {
        var close = Closing[Delimiters.IndexOf(line[position + 1])];
        var end = line.IndexOf(close, position + 2);
        if (end < 0)
        {
            return null;
        }

        var text = line.Substring(position + 2, end - position - 2);
        position = end + 1;
        return text;
    }
}
