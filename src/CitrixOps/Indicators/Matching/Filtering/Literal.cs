using System;
using System.Text;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>A literal as bytes, compared with ASCII case ignored.</summary>
internal sealed class Literal
{
    private readonly byte[] _lower;

    /// <param name="text">Lower case, Latin-1.</param>
    public Literal(string text)
    {
        Text = text;
        _lower = Encoding.GetEncoding(28591).GetBytes(text);
    }

    public string Text { get; }

    public int Length => _lower.Length;

    public byte this[int index] => _lower[index];

    /// <summary>Whether it stands at a place.</summary>
    public bool At(ReadOnlySpan<byte> data, int position)
    {
        if (position < 0 || position > data.Length - _lower.Length)
        {
            return false;
        }

        for (var i = 0; i < _lower.Length; i++)
        {
            var b = data[position + i];
            if (b != _lower[i] && !(b is >= (byte)'A' and <= (byte)'Z' && (b | 0x20) == _lower[i]))
            {
                return false;
            }
        }

        return true;
    }
}
