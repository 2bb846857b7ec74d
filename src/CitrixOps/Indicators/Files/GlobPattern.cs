using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Files;

/// <summary>
/// A pattern for paths on the appliance: <c>*</c> is any text within a folder, <c>**</c> any text across folders, <c>?</c> one character,
/// <c>[0-9a-f]{32}</c> a class with an optional count. Case counts, as on the appliance. Takes time proportional to pattern times path.
/// </summary>
public sealed class GlobPattern
{
    private static readonly char[] Special = { '*', '?', '[', ']', '}' };

    private readonly List<Func<char, bool>?> _tokens = new();
    private readonly List<char> _kinds = new();
    private readonly string _start;
    private readonly string _end;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="FormatException">The pattern is broken.</exception>
    public GlobPattern(string pattern)
    {
        Text = pattern;
        var special = pattern.IndexOfAny(Special);
        _start = special < 0 ? pattern : pattern.Substring(0, special);
        _end = special < 0 ? "" : pattern.Substring(pattern.LastIndexOfAny(Special) + 1);
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '*')
            {
                var across = i + 1 < pattern.Length && pattern[i + 1] == '*';
                i += across ? 1 : 0;
                Add(across ? 'A' : 'S', across ? _ => true : x => x != '/');
            }
            else if (c == '?')
            {
                Add('1', x => x != '/');
            }
            else if (c == '[')
            {
                i = AddClass(pattern, i);
            }
            else
            {
                Add('1', x => x == c);
            }
        }
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>True when it names one path.</summary>
    public bool IsLiteral => _start.Length == Text.Length;

    /// <summary>Whether a path matches as a whole.</summary>
    /// <param name="path">The path.</param>
    public bool IsMatch(string path)
    {
        // nearly every path fails here already
        if (!path.StartsWith(_start, StringComparison.Ordinal) || !path.EndsWith(_end, StringComparison.Ordinal) || IsLiteral)
        {
            return IsLiteral && path.Length == Text.Length && path.StartsWith(_start, StringComparison.Ordinal);
        }

        // states of the pattern that are reachable after each character
        var current = new bool[_tokens.Count + 1];
        current[0] = true;
        SkipStars(current);
        foreach (var c in path)
        {
            var next = new bool[current.Length];
            var any = false;
            for (var s = 0; s < _tokens.Count; s++)
            {
                if (current[s] && _tokens[s]!(c))
                {
                    next[_kinds[s] == '1' ? s + 1 : s] = true;
                    any = true;
                }
            }

            if (!any)
            {
                return false;
            }

            SkipStars(next);
            current = next;
        }

        return current[_tokens.Count];
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private void SkipStars(bool[] states)
    {
        for (var s = 0; s < _tokens.Count; s++)
        {
            states[s + 1] |= states[s] && _kinds[s] != '1';
        }
    }

    private int AddClass(string pattern, int at)
    {
        var close = pattern.IndexOf(']', at + 1);
        if (close < 0)
        {
            throw new FormatException($"'{pattern}': a class is not closed");
        }

        var body = pattern.Substring(at + 1, close - at - 1);
        var count = 1;
        if (close + 1 < pattern.Length && pattern[close + 1] == '{')
        {
            var end = pattern.IndexOf('}', close);
            if (end < 0 || !int.TryParse(pattern.Substring(close + 2, end - close - 2), out count) || count is < 1 or > 128)
            {
                throw new FormatException($"'{pattern}': a count is not closed or not between 1 and 128");
            }

            close = end;
        }

        for (var i = 0; i < count; i++)
        {
            Add('1', c => InClass(body, c));
        }

        return close;
    }

    private static bool InClass(string body, char c)
    {
        for (var i = 0; i < body.Length; i++)
        {
            if (i + 2 < body.Length && body[i + 1] == '-')
            {
                if (c >= body[i] && c <= body[i + 2])
                {
                    return true;
                }

                i += 2;
            }
            else if (body[i] == c)
            {
                return true;
            }
        }

        return false;
    }

    private void Add(char kind, Func<char, bool> accepts)
    {
        _kinds.Add(kind);
        _tokens.Add(accepts);
    }
}
