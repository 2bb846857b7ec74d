using System;
using System.Linq;
using CitrixOps.Access.Planning;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>
/// Configuration commands that this module gives when it closes a gateway and reopens it. Told by the whole command and not by the name
/// in it alone: whatever could do more than refuse requests counts, whatever it is called.
/// </summary>
internal static class OwnCommands
{
    private static readonly string[] Refusing = { "DROP", "RESET" };

    /// <summary>Whether a command is one of them.</summary>
    public static bool Is(string command)
    {
        var words = command.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || words.Length > 400 || command.IndexOf('\\') >= 0 && words[1] != "responder")
        {
            return false;
        }

        return (words[0], words[1].ToLowerInvariant(), words[2].ToLowerInvariant()) switch
        {
            ("add", "responder", "policy") => Own(words[3]) && (Refusing.Contains(words[words.Length - 1], StringComparer.OrdinalIgnoreCase) || Own(words[words.Length - 1])),
            ("add", "responder", "action") => Own(words[3]) && words.Length > 4 && words[4] == "respondwith" && Page(command),
            ("bind", "responder", "global") or ("unbind", "responder", "global") or ("rm", "responder", "policy") or ("rm", "responder", "action") => Own(words[3]),
            _ => false,
        };
    }

    private static bool Own(string word) => word.Trim('"').StartsWith(OwnNames.Prefix, StringComparison.Ordinal);

    // a notice page is text: it answers 503 and runs nothing
    private static bool Page(string command) => command.IndexOf("HTTP/1.1 503 Service Unavailable", StringComparison.Ordinal) > 0
        && !new[] { "<script", "javascript:", "<iframe", "<form", "onload", "onerror", "HTTP.REQ", "SYS." }.Any(s => command.IndexOf(s, StringComparison.OrdinalIgnoreCase) >= 0);
}
