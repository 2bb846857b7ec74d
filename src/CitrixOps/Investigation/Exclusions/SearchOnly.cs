using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>
/// Tells whether a shell command does nothing but look for something: what scanners for indicators and administrators run. It must be
/// unable to be an attack itself, whoever typed it: no program but those that search and list, nothing written, nothing expanded by a
/// command, no place where secrets lie.
/// </summary>
internal static class SearchOnly
{
    private static readonly HashSet<string> Searches = new(StringComparer.Ordinal)
    {
        "grep", "egrep", "fgrep", "zgrep", "zegrep", "zfgrep", "bzgrep", "find", "ls", "stat", "compgen", "test", "[", "[[", "sha256", "sha256sum", "md5", "md5sum", "sha1", "sha1sum", "ps", "sockstat",
    };

    private static readonly HashSet<string> Filters = new(StringComparer.Ordinal) { "grep", "egrep", "fgrep", "wc", "uniq", "head", "tail", "cut", "tr", "sort" };
    private static readonly HashSet<string> Folders = new(StringComparer.Ordinal) { "/bin", "/sbin", "/usr/bin", "/usr/sbin" };
    private static readonly string[] Acting = { "-exec", "-execdir", "-ok", "-okdir", "-delete", "-fprint", "-fprint0", "-fprintf", "-fls", "-o", "--output" };
    private static readonly string[] Secret = { "/nsconfig", "/flash", "passwd", "shadow", ".key", ".pem", "id_rsa", "/keys", "ns.conf", "/.ssh", "/core" };

    /// <summary>Whether a command only searches.</summary>
    public static bool Is(string command)
    {
        var text = command.Replace("2>/dev/null", "").Replace("2>&1", "").Replace(">/dev/null", "").Replace("> /dev/null", "");
        if (text.Length > 2000 || text.IndexOfAny(new[] { '`', '>', '<', '\n', '\r', '\0', '{', '}' }) >= 0 || text.Contains("$(") || text.Contains("#012") || Split(text) is not { } commands || commands.Count == 0)
        {
            return false;
        }

        return commands.All(c => Allowed(c.Words, c.Piped)) && !Array.Exists(Secret, s => text.IndexOf(s, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static bool Allowed(List<string> words, bool piped)
    {
        if (words.Count == 0)
        {
            return false;
        }

        var slash = words[0].LastIndexOf('/');
        var name = words[0].Substring(slash + 1);
        return (slash < 0 || Folders.Contains(words[0].Substring(0, slash)))
            && (piped ? Filters : Searches).Contains(name)
            && !words.Skip(1).Any(w => name is "find" or "sort" && Array.IndexOf(Acting, w) >= 0)
            && (name != "compgen" || (words.Count > 1 && words[1] == "-G"));
    }

    // commands separated by | || && ; outside quotes; null where quotes do not close or something runs in the background
    private static List<(List<string> Words, bool Piped)>? Split(string text)
    {
        var commands = new List<(List<string> Words, bool Piped)>();
        var words = new List<string>();
        var word = new StringBuilder();
        var piped = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                word.Append(c == quote || quote == '\0' ? "" : c.ToString());
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is ' ' or '\t' or '|' or ';' or '&')
            {
                if (word.Length > 0)
                {
                    words.Add(word.ToString());
                    word.Clear();
                }

                if (c is '|' or ';' or '&')
                {
                    var twice = i + 1 < text.Length && text[i + 1] == c;
                    if (c == '&' && !twice)
                    {
                        return null;
                    }

                    i += twice ? 1 : 0;
                    commands.Add((words, piped));
                    words = new List<string>();
                    piped = c == '|' && !twice;
                }
            }
            else
            {
                word.Append(c);
            }
        }

        if (quote != '\0')
        {
            return null;
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        if (words.Count > 0 || piped)
        {
            commands.Add((words, piped));
        }

        return commands;
    }
}
