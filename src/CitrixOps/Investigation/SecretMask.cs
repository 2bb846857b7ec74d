using System;
using System.Text;

namespace CitrixOps.Investigation;

/// <summary>
/// Masks what logs carry and reports must not repeat: passwords in queries and commands, session cookies, authorization headers.
/// One forward pass, no expression engine.
/// </summary>
public static class SecretMask
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    // the text before the secret, lower case; the value runs to the next delimiter
    private static readonly string[] Keys =
    {
        "password=", "passwd=", "passwd1=", "pwd=", "pass=", "-password ", "-passphrase ", "authorization: ", "proxy-authorization: ",
        "nsc_aaac=", "nsc_tmas=", "nsc_tmaa=", "nsc_tass=", "nsc_temp=", "nsc_pers=", "nsc_vpnc=", "nsc_vpnu=", "nsc_user=", "nsc_nonce=", "sessionid=", "sessid=", "ctxsauthid=", "csrftoken=", "token=",
        "nitro_auth_token=", "x-nitro-pass: ", "samlresponse=", "samlart=", "secret=", "apikey=", "api_key=", "secretkey ", "sharedsecret ", "bindpassword ", "binddnpassword ", "passcrypt ", "-radkey ", "-passplain ",
        "keypassphrase ", "psk=", "bearer ", "sshpass -p ",
    };

    private static readonly bool[] First = FirstLetters();

    /// <summary>The same, unless secrets are to be shown.</summary>
    /// <param name="text">The text.</param>
    /// <param name="show">True to leave the text as it is.</param>
    public static string Apply(string text, bool show) => show ? text : Apply(text);

    /// <summary>Masks the secrets of a record.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with each secret's value replaced by <see cref="Mask"/>; the same instance when there is none.</returns>
    public static string Apply(string text)
    {
        if (ByPlace(text) is var (from, to))
        {
            text = text.Substring(0, from) + Mask + text.Substring(to);
        }

        StringBuilder? result = null;
        var copied = 0;
        var position = 0;
        while (position < text.Length)
        {
            var key = KeyAt(text, position);
            if (key is null)
            {
                position++;
                continue;
            }

            var start = position + key.Length;
            var end = start;
            var line = key.EndsWith(": ", StringComparison.Ordinal);
            while (end < text.Length && !IsDelimiter(text[end], line))
            {
                end++;
            }

            if (end > start)
            {
                result ??= new StringBuilder(text.Length);
                result.Append(text, copied, start - copied).Append(Mask);
                copied = end;
            }

            position = Math.Max(end, position + 1);
        }

        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool[] FirstLetters()
    {
        var first = new bool[128];
        foreach (var key in Keys)
        {
            first[key[0]] = true;
            first[char.ToUpperInvariant(key[0])] = true;
        }

        return first;
    }

    // "add system user NAME PASSWORD" names the password by its place; so do user:password@ in addresses and curl -u
    private static (int Start, int End)? ByPlace(string text)
    {
        foreach (var command in new[] { "add system user ", "set system user ", "add aaa user " })
        {
            var at = text.IndexOf(command, StringComparison.OrdinalIgnoreCase);
            var start = at < 0 ? -1 : text.IndexOf(' ', at + command.Length) + 1;
            if (start > 0 && start < text.Length && text[start] is not ('-' or '*' or '"'))
            {
                return (start, EndOfWord(text, start));
            }
        }

        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var sign = scheme < 0 ? -1 : text.IndexOf('@', scheme);
        var colon = sign < 0 ? -1 : text.IndexOf(':', scheme + 3);
        return colon > 0 && colon + 1 < sign && text.IndexOfAny(new[] { '/', ' ', '"', '*' }, scheme + 3, sign - scheme - 3) < 0 ? (colon + 1, sign) : null;
    }

    private static int EndOfWord(string text, int start)
    {
        while (start < text.Length && text[start] is not (' ' or '"' or '\''))
        {
            start++;
        }

        return start;
    }

    private static string? KeyAt(string text, int position)
    {
        if (text[position] >= First.Length || !First[text[position]])
        {
            return null;
        }

        foreach (var key in Keys)
        {
            if (string.Compare(text, position, key, 0, key.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return key;
            }
        }

        return null;
    }

    // a header's value runs to the end of its line, a parameter's to the next separator
    private static bool IsDelimiter(char c, bool line) => c is '"' or '\'' or '\r' or '\n' || (!line && (c is '&' or ';' or ' ' or '\t'));
}
