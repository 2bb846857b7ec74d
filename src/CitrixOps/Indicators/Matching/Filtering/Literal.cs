using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using CitrixOps.Logs.Formats;
using CitrixOps.Polyfills;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>A literal as bytes, compared with ASCII case ignored, and what must stand in its line besides.</summary>
internal sealed class Literal
{
    private static readonly byte[] Lower = MakeLower();

    private readonly byte[] _lower;
    private readonly LineTest[] _others;
    private readonly bool _isNumber;

    /// <param name="text">Lower case, Latin-1.</param>
    /// <param name="others">What else the line must have; one of them is enough. None: nothing.</param>
    /// <param name="isNumber">Whether no digit may follow.</param>
    /// <param name="index">A number to tell it by.</param>
    public Literal(string text, IEnumerable<LineTest> others, bool isNumber = false, int index = 0)
    {
        Text = text;
        _isNumber = isNumber;
        Index = index;
        _others = others.ToArray();
        _lower = Encoding.GetEncoding(28591).GetBytes(text);
    }

    public string Text { get; }

    public int Index { get; }

    public int Length => _lower.Length;

    public byte this[int index] => _lower[index];

    /// <summary>Whether it stands at a place, in a line that has what it must have besides.</summary>
    public bool IsFoundAt(ReadOnlySpan<byte> data, int position) => At(data, position) && (_others.Length == 0 || LineAllows(data, position));

    [MethodImpl(Jit.AtOnce)]
    private bool LineAllows(ReadOnlySpan<byte> data, int position)
    {
        var start = data.Slice(0, position).LastIndexOf((byte)'\n') + 1;
        var length = data.Slice(position).IndexOf((byte)'\n');
        var line = data.Slice(start, (length < 0 ? data.Length : position + length) - start);
        var end = Array.Exists(_others, o => o.AsksForRequest) ? AccessRequest.EndIn(line) : 0;
        foreach (var other in _others)
        {
            if (other.Holds(line, position - start + Length, end))
            {
                return true;
            }
        }

        return false;
    }

    [MethodImpl(Jit.AtOnce)]
    private bool At(ReadOnlySpan<byte> data, int position)
    {
        if (position < 0 || position > data.Length - _lower.Length)
        {
            return false;
        }

        // the last byte first: what comes before it was mostly looked at already
        var here = data.Slice(position, _lower.Length);
        for (var i = _lower.Length - 1; i >= 0; i--)
        {
            if (Lower[here[i]] != _lower[i])
            {
                return false;
            }
        }

        return !_isNumber || position + _lower.Length == data.Length || data[position + _lower.Length] is < (byte)'0' or > (byte)'9';
    }

    private static byte[] MakeLower()
    {
        var table = new byte[256];
        for (var b = 0; b < table.Length; b++)
        {
            table[b] = (byte)AsciiText.Lower((char)b);
        }

        return table;
    }
}
