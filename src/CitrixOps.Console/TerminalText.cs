using System;
using System.Text;
using System.Text.RegularExpressions;
using Output = System.Console;

namespace CitrixOps.Console;

/// <summary>
/// What may reach a terminal: text, and colour only where a person looks at it. All other control sequences are dropped: objects of
/// ours are safe already, but a script can print any file.
/// </summary>
internal static partial class TerminalText
{
    /// <summary>True when colour is wanted: standard output is a terminal and NO_COLOR is not set.</summary>
    public static bool Colour { get; } = !Output.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static string ForOutput(string text) => Clean(text, keepColour: Colour);

    public static string ForError(string text, string colour) =>
        Colour && !Output.IsErrorRedirected ? $"\u001b[{colour}m{Clean(text, keepColour: false)}\u001b[0m" : Clean(text, keepColour: false);

    private static string Clean(string text, bool keepColour)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && text.AsSpan().IndexOfAnyInRange('\u007f', '\u009f') < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\u001b' && ColourSequence().Match(text, i) is { Success: true } match && match.Index == i)
            {
                result.Append(keepColour ? match.Value : "");
                i += match.Length - 1;
            }
            else if (c is '\n' or '\r' or '\t' || (c >= ' ' && c is < '\u007f' or > '\u009f'))
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex("\\u001b\\[[0-9;]{0,20}m", RegexOptions.CultureInvariant)]
    private static partial Regex ColourSequence();
}
