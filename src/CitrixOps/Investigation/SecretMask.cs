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
        "nsc_aaac=", "nsc_tmas=", "nsc_tass=", "nsc_pers=", "nsc_vpnc=", "sessionid=", "token=", "nitro_auth_token=", "samlresponse=", "secret=",
    };

    private const string FirstLetters = "p-ants";

    /// <summary>Masks the secrets of a record.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with each secret's value replaced by <see cref="Mask"/>; the same instance when there is none.</returns>
    public static string Apply(string text)
    {
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

    private static string? KeyAt(string text, int position)
    {
        if (FirstLetters.IndexOf(char.ToLowerInvariant(text[position])) < 0)
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
