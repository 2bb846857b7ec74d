using System;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The audit text of a shell: <c>root on /dev/pts/0 shell_command="…"</c>. Quotes inside the command are not escaped: the command
/// ends at the last quote of the record.
/// </summary>
internal static class ShellCommand
{
    private const string Command = "shell_command=\"";
    private const string Code = "return_code=\"";

    /// <summary>The fields this sets.</summary>
    public static readonly string[] Fields = { "user", "tty", "command", "return_code" };

    /// <summary>Sets the fields, when the message is such a text.</summary>
    public static void Parse(LogRecord record, string message)
    {
        var command = message.IndexOf(Command, StringComparison.Ordinal);
        var code = message.IndexOf(Code, StringComparison.Ordinal);
        var what = command >= 0 ? command : code;
        var on = message.IndexOf(" on ", StringComparison.Ordinal);
        if (what < 0)
        {
            return;
        }

        if (on >= 0 && on < what)
        {
            record.Set("user", message.Substring(0, on));
            record.Set("tty", message.Substring(on + 4, what - on - 4).Trim());
        }

        if (command >= 0)
        {
            record.Set("command", ToLastQuote(message, command + Command.Length));
        }
        else
        {
            record.Set("return_code", ToLastQuote(message, code + Code.Length));
        }
    }

    private static string ToLastQuote(string text, int start)
    {
        var end = text.LastIndexOf('"');
        return end >= start ? text.Substring(start, end - start) : text.Substring(start);
    }
}
