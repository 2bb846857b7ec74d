using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Files;

/// <summary>
/// What one line of a configuration or of a command's output must be. Lines are compared without case, trimmed, blanks and tabs taken
/// together; <c>*</c> is any text, <c>?</c> one character. Every test is linear in the line for each star.
/// </summary>
public sealed class LineCriterion
{
    private readonly WildcardTest[] _any;
    private readonly WildcardTest[] _except;
    private readonly HashSet<string> _keys;
    private readonly bool _commented;
    private readonly HashSet<string>? _superusers;

    /// <summary>Makes a criterion.</summary>
    /// <param name="any">Patterns of which one must match the line.</param>
    /// <param name="except">Patterns of lines that are in order.</param>
    /// <param name="commented">True to look at what is commented out, false to look at the rest.</param>
    /// <param name="keyFingerprints">Fingerprints of SSH keys (<c>SHA256:…</c>).</param>
    /// <param name="superusers">When given, a line of a password file with user id 0 and another name matches.</param>
    public LineCriterion(IEnumerable<string> any, IEnumerable<string> except, bool commented, IEnumerable<string> keyFingerprints, IEnumerable<string>? superusers)
    {
        _any = any.Select(Compile).ToArray();
        _except = except.Select(Compile).ToArray();
        _commented = commented;
        _keys = new HashSet<string>(keyFingerprints, StringComparer.Ordinal);
        _superusers = superusers is null ? null : new HashSet<string>(superusers, StringComparer.Ordinal);
    }

    /// <summary>Whether a line is one.</summary>
    /// <param name="line">The line, one character per byte.</param>
    public bool Holds(string line)
    {
        var text = Squeeze(line);
        var isComment = text.StartsWith("#", StringComparison.Ordinal);
        if (text.Length == 0 || isComment != _commented)
        {
            return false;
        }

        text = isComment ? text.TrimStart('#', ' ') : text;
        return Array.Exists(_any, p => p.Passes(text, null!)) ? !Array.Exists(_except, p => p.Passes(text, null!))
            : (_keys.Count > 0 && KnownKey(text)) || (_superusers is not null && Superuser(text));
    }

    private static WildcardTest Compile(string pattern) => new(pattern.Replace('*', WildcardTest.Star).Replace('?', WildcardTest.One), cased: false);

    private static string Squeeze(string line) => string.Join(" ", line.Split(new[] { ' ', '\t', '\r' }, StringSplitOptions.RemoveEmptyEntries));

    // options may stand before the type; the key is the word after it
    private bool KnownKey(string line)
    {
        var words = line.Split(' ');
        for (var i = 1; i < words.Length; i++)
        {
            if ((words[i - 1].StartsWith("ssh-", StringComparison.Ordinal) || words[i - 1].StartsWith("ecdsa-", StringComparison.Ordinal) || words[i - 1].StartsWith("sk-", StringComparison.Ordinal)) && Fingerprint(words[i]) is { } print && _keys.Contains(print))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Fingerprint(string key)
    {
        try
        {
            using var hash = SHA256.Create();
            return "SHA256:" + Convert.ToBase64String(hash.ComputeHash(Convert.FromBase64String(key))).TrimEnd('=');
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // name:password:uid:..., as in passwd and master.passwd
    private bool Superuser(string line)
    {
        var fields = line.Split(':');
        return fields.Length >= 7 && int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var uid) && uid == 0 && !_superusers!.Contains(fields[0]);
    }
}
