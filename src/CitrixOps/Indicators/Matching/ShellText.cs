using System;
using System.Text;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// A shell command as the shell understands it, as far as its text tells: quotes and needless backslashes taken away (<c>c''url</c>,
/// <c>c\url</c>), escapes as their characters (<c>\x63</c>), <c>$IFS</c> as a blank, empty variables as nothing, <c>{a,b}</c> as words,
/// blanks and slashes once, <c>/./</c> and <c>/x/../</c> resolved. Rules over logs of commands are tried on this form too. Every step looks
/// at its neighbours only, so that the form of a field stands in the form of its line: what makes the prefilter sound.
/// </summary>
internal sealed class ShellText
{
    private const int LongestVariable = 16;
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private byte[] _plain = new byte[1024];
    private int _length;
    private bool _inBraces;

    /// <summary>Whether the lines of a log are, or copy, shell commands.</summary>
    public static bool Applies(string logType) => logType is LogTypes.Shell or LogTypes.Cron or LogTypes.Notice or LogTypes.Messages;

    /// <summary>Makes the form of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="plain">Its form, valid until the next call.</param>
    /// <returns>True when it differs from the line.</returns>
    public bool TryPlain(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> plain)
    {
        plain = line;
        if (!MayDiffer(line))
        {
            return false;
        }

        if (_plain.Length < line.Length)
        {
            _plain = new byte[Math.Max(line.Length, 2 * _plain.Length)];
        }

        _length = 0;
        _inBraces = false;
        for (var i = 0; i < line.Length; i++)
        {
            i += Step(line, i);
        }

        plain = _plain.AsSpan(0, _length);
        return !plain.SequenceEqual(line);
    }

    /// <summary>The form of a text of one character per byte; null when it is the text itself.</summary>
    public string? Plain(string text) => TryPlain(Latin1.GetBytes(text), out var plain) ? Latin1.GetString(plain.ToArray()) : null;

    private static bool MayDiffer(ReadOnlySpan<byte> line)
    {
        var last = (byte)0;
        foreach (var b in line)
        {
            switch (b)
            {
                case (byte)'\\' or (byte)'\'' or (byte)'"' or (byte)'$' or (byte)'{' or (byte)'\t':
                case (byte)' ' when last == ' ':
                case (byte)'/' when last is (byte)'/' or (byte)'.':
                case (byte)'0' when last == '#':
                    return true;
            }

            last = b;
        }

        return false;
    }

    // how many bytes more than one it takes
    private int Step(ReadOnlySpan<byte> line, int at)
    {
        var next = at + 1 < line.Length ? line[at + 1] : (byte)0;
        switch (line[at])
        {
            case (byte)'\'' or (byte)'"':
                return 0;
            case (byte)'\\':
                return Escape(line, at, next);
            case (byte)'$':
                return Variable(line, at, next);
            case (byte)'{':
                _inBraces = true;
                return 0;
            case (byte)'}':
                _inBraces = false;
                return 0;
            case (byte)',' when _inBraces:
                Blank();
                return 0;
            case (byte)'#' when next == '0' && at + 3 < line.Length && line[at + 2] == '1' && line[at + 3] is (byte)'1' or (byte)'2' or (byte)'5':
                EndWord();
                return 3;
            case (byte)' ' or (byte)'\t':
                EndWord();
                return 0;
            case (byte)'/':
                Slash();
                return 0;
            default:
                _inBraces &= line[at] is not ((byte)'=' or (byte)'(');
                Add(line[at]);
                return 0;
        }
    }

    // \x63, \143, \c
    private int Escape(ReadOnlySpan<byte> line, int at, byte next)
    {
        var digits = next == 'x' ? Digits(line, at + 2, 2, 16) : Digits(line, at + 1, 3, 8);
        if (digits.Count == 0)
        {
            // before a blank or a slash it is left out, any other character is taken as it is
            if (next is 0 or (byte)'/' or (byte)' ' or (byte)'\t')
            {
                return 0;
            }

            Add(next);
            return 1;
        }

        if (digits.Value == '/')
        {
            Slash();
        }
        else if (digits.Value is > ' ' and < 0x7f)
        {
            Add((byte)digits.Value);
        }
        else
        {
            EndWord();
        }

        return digits.Count + (next == 'x' ? 1 : 0);
    }

    // $IFS ${IFS%??} $@ $* $1 ${9} $'...' $"..."
    private int Variable(ReadOnlySpan<byte> line, int at, byte next)
    {
        if (next is (byte)'\'' or (byte)'"' or (byte)'@' or (byte)'*' or (>= (byte)'0' and <= (byte)'9'))
        {
            return 1;
        }

        if (IsIfs(line, at + 1))
        {
            EndWord();
            return 3;
        }

        if (next == '{')
        {
            var end = line.Slice(at, Math.Min(line.Length - at, LongestVariable)).IndexOf((byte)'}');
            if (end > 0 && IsIfs(line, at + 2))
            {
                EndWord();
                return end;
            }

            if (end == 3 && line[at + 2] is (byte)'@' or (byte)'*' or (>= (byte)'0' and <= (byte)'9'))
            {
                return 3;
            }
        }

        Add((byte)'$');
        return 0;
    }

    private static bool IsIfs(ReadOnlySpan<byte> line, int at) => at + 3 <= line.Length && line[at] == 'I' && line[at + 1] == 'F' && line[at + 2] == 'S';

    private static (int Count, int Value) Digits(ReadOnlySpan<byte> line, int at, int most, int radix)
    {
        var (count, value) = (0, 0);
        while (count < most && at + count < line.Length && Digit(line[at + count]) is var digit && digit < radix)
        {
            value = (value * radix) + digit;
            count++;
        }

        return (count, value & 0xff);
    }

    private static int Digit(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => 99,
    };

    private void Add(byte b) => _plain[_length++] = b;

    private void Blank()
    {
        if (_length == 0 || _plain[_length - 1] != ' ')
        {
            Add((byte)' ');
        }
    }

    private void EndWord()
    {
        _inBraces = false;
        Blank();
    }

    // one slash for several, none behind "/.", and "/x/.." goes back to the slash before x; x/.. is the place itself
    private void Slash()
    {
        if (Ends('/'))
        {
            return;
        }

        if (Ends('/', '.'))
        {
            _length--;
            return;
        }

        if (Ends('/', '.', '.') && StartOfName(_length - 3) is var start && start < _length - 3 && !IsDots(start, _length - 3))
        {
            _length = start;
            if (Ends('/'))
            {
                return;
            }

            Add((byte)'.');
        }

        Add((byte)'/');
    }

    private bool Ends(params char[] text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (_length < text.Length || _plain[_length - text.Length + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    private int StartOfName(int end)
    {
        while (end > 0 && IsName(_plain[end - 1]))
        {
            end--;
        }

        return end;
    }

    private bool IsDots(int start, int end) => _plain[start] == '.' && (end == start + 1 || (end == start + 2 && _plain[start + 1] == '.'));

    private static bool IsName(byte b) => b is not ((byte)'/' or (byte)' ' or (byte)'=' or (byte)'(' or (byte)'>' or (byte)'<' or (byte)'|' or (byte)'&' or (byte)';' or (byte)':');
}
