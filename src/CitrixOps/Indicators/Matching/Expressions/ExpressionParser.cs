using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace CitrixOps.Indicators.Matching.Expressions;

/// <summary>
/// Reads the regular expressions that Sigma names (<c>. ^ $ * + ? {n,m} [] [^] | ()</c>), lazy quantifiers (the same when only a match is
/// asked for), <c>(?:</c>, a leading <c>(?i)</c>, and the classes <c>\d \w \s \b</c> in ASCII. What cannot be matched in linear time
/// (look-around, back references, atomic groups) is refused. Records are one character per byte: so are characters beyond ASCII here.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Deepest = 100;
    private const int MostRepeats = 1000;

    private readonly string _text;
    private readonly bool _multiline;
    private readonly bool _singleline;
    private bool _ignoreCase;
    private int _at;
    private int _depth;

    private ExpressionParser(string text, bool ignoreCase, bool multiline, bool singleline)
    {
        _text = text;
        _ignoreCase = ignoreCase;
        _multiline = multiline;
        _singleline = singleline;
    }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is none, or not one of these.</exception>
    public static Node Parse(string text, bool ignoreCase, bool multiline, bool singleline)
    {
        var parser = new ExpressionParser(text, ignoreCase, multiline, singleline);
        if (text.StartsWith("(?i)", StringComparison.Ordinal))
        {
            parser._ignoreCase = true;
            parser._at = 4;
        }

        var node = parser.Alternation();
        return parser._at == text.Length ? node : throw parser.Wrong("a closing parenthesis has no opening one");
    }

    /// <summary>Whether a byte is a word character.</summary>
    public static bool IsWord(int b) => b is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';

    private Node Alternation()
    {
        if (++_depth > Deepest)
        {
            throw Wrong("it is nested too deeply");
        }

        var parts = new List<Node> { Concatenation() };
        while (Take('|'))
        {
            parts.Add(Concatenation());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new Alternatives(parts);
    }

    private Sequence Concatenation()
    {
        var parts = new List<Node>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            var node = Atom();
            while (_at < _text.Length && Quantifier(out var least, out var most))
            {
                if (node is Place)
                {
                    throw Wrong("a place cannot be repeated");
                }

                node = new Repeated(node, least, most);
                Take('?');
                if (_at < _text.Length && _text[_at] == '+')
                {
                    throw Wrong("possessive quantifiers are not supported");
                }
            }

            parts.Add(node);
        }

        return new Sequence(parts);
    }

    private Node Atom()
    {
        var c = _text[_at++];
        switch (c)
        {
            case '.': return Set(b => _singleline || b != '\n');
            case '^': return new Place(_multiline ? PlaceKind.LineStart : PlaceKind.Start);
            case '$': return new Place(_multiline ? PlaceKind.LineEnd : PlaceKind.End);
            case '(': return Group();
            case '[': return Class();
            case '\\': return Escape();
            case '*' or '+' or '?': throw Wrong($"'{c}' has nothing to repeat");
            default: return Literal(c);
        }
    }

    private Node Group()
    {
        if (Take('?') && !Take(':'))
        {
            throw Wrong("look-around, named groups and options inside an expression are not supported");
        }

        var node = Alternation();
        return Take(')') ? node : throw Wrong("a closing parenthesis is missing");
    }

    private Node Literal(char c)
    {
        if (c < 0x80)
        {
            return Set(b => b == c || (_ignoreCase && b < 0x80 && AsciiText.Lower((char)b) == AsciiText.Lower(c)));
        }

        var text = char.IsHighSurrogate(c) && _at < _text.Length ? c.ToString() + _text[_at++] : c.ToString();
        var parts = new List<Node>();
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            parts.Add(Set(b => b == one));
        }

        return new Sequence(parts);
    }

    private Node Escape()
    {
        var c = _at < _text.Length ? _text[_at++] : throw Wrong("it ends in a backslash");
        if (c is 'b' or 'B')
        {
            return new Place(c == 'b' ? PlaceKind.WordEdge : PlaceKind.NoWordEdge);
        }

        if (c is 'A' or 'z' or 'Z')
        {
            return new Place(c == 'A' ? PlaceKind.Start : PlaceKind.End);
        }

        return Shorthand(c) is { } set ? Set(b => set(b)) : Single(c) is { } single ? Literal(single) : Literal(c);
    }

    private static Func<int, bool>? Shorthand(char c) => c switch
    {
        'd' => b => b is >= '0' and <= '9',
        'D' => b => b is not (>= '0' and <= '9'),
        'w' => IsWord,
        'W' => b => !IsWord(b),
        's' => b => b is ' ' or (>= '\t' and <= '\r'),
        'S' => b => b is not (' ' or (>= '\t' and <= '\r')),
        _ => null,
    };

    // a character written as an escape; null when the character stands for itself
    private char? Single(char c)
    {
        switch (c)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'r': return '\r';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'x':
                if (_at + 2 <= _text.Length && byte.TryParse(_text.Substring(_at, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    _at += 2;
                    return (char)value;
                }

                throw Wrong("\\x takes two hexadecimal digits");
            default:
                return char.IsLetterOrDigit(c) ? throw Wrong($"\\{c} is not supported") : null;
        }
    }

    private Characters Class()
    {
        var negated = Take('^');
        var set = new bool[256];
        var first = true;
        while (true)
        {
            if (_at >= _text.Length)
            {
                throw Wrong("a closing bracket is missing");
            }

            var c = _text[_at++];
            if (c == ']' && !first)
            {
                break;
            }

            first = false;
            if (c == '[' && _at < _text.Length && _text[_at] == ':')
            {
                throw Wrong("named classes are not supported");
            }

            if (c == '\\' && _at < _text.Length && Shorthand(_text[_at]) is { } shorthand)
            {
                _at++;
                Add(set, shorthand);
                continue;
            }

            var low = Member(c);
            var high = low;
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']')
            {
                _at++;
                high = Member(_text[_at++]);
                if (high < low)
                {
                    throw Wrong("a range is upside down");
                }
            }

            Add(set, b => b >= low && b <= high);
        }

        if (_ignoreCase)
        {
            for (var b = 'a'; b <= 'z'; b++)
            {
                set[b] = set[b - 32] = set[b] || set[b - 32];
            }
        }

        return Set(b => set[b] != negated);
    }

    private char Member(char c)
    {
        var member = c != '\\' ? c : _at < _text.Length ? Single(_text[_at++]) ?? _text[_at - 1] : throw Wrong("a closing bracket is missing");

        // \xNN names a byte; a character beyond ASCII is several bytes and no member of a class
        return member < 0x80 || (c == '\\' && member < 0x100) ? member : throw Wrong("a class holds ASCII only; write the alternatives with |");
    }

    private bool Quantifier(out int least, out int most)
    {
        (least, most) = (0, -1);
        switch (_text[_at])
        {
            case '*':
                _at++;
                return true;
            case '+':
                _at++;
                least = 1;
                return true;
            case '?':
                _at++;
                most = 1;
                return true;
            case '{':
                return Counted(ref least, ref most);
            default:
                return false;
        }
    }

    // {n} {n,} {n,m}; anything else is a brace
    private bool Counted(ref int least, ref int most)
    {
        var close = _text.IndexOf('}', _at);
        var parts = close < 0 ? Array.Empty<string>() : _text.Substring(_at + 1, close - _at - 1).Split(',');
        if (parts.Length is < 1 or > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out least))
        {
            return false;
        }

        most = least;
        if (parts.Length == 2)
        {
            most = -1;
            if (parts[1].Length > 0 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out most))
            {
                return false;
            }
        }

        if (Math.Max(least, most) > MostRepeats || (most >= 0 && most < least))
        {
            throw Wrong($"a repetition may count up to {MostRepeats}");
        }

        _at = close + 1;
        return true;
    }

    private static void Add(bool[] set, Func<int, bool> member)
    {
        for (var b = 0; b < 256; b++)
        {
            set[b] |= member(b);
        }
    }

    private static Characters Set(Func<int, bool> member)
    {
        var set = new bool[256];
        Add(set, member);
        return new Characters(set);
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
        {
            return false;
        }

        _at++;
        return true;
    }

    private FormatException Wrong(string message) => new(FormattableString.Invariant($"{message} (at character {Math.Min(_at, _text.Length)})"));
}
