using System;
using System.Buffers.Text;
using System.IO;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>Gathers bytes for a stream, many lines at a time.</summary>
internal sealed class LineBuffer(Stream output)
{
    private readonly byte[] _bytes = new byte[1 << 20];
    private int _length;

    /// <summary>Bytes written so far, also those that wait.</summary>
    public long Written { get; private set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            Flush();
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        Written += bytes.Length;
    }

    public void Add(byte value) => Add([value]);

    public void Add(int number)
    {
        Span<byte> digits = stackalloc byte[12];
        Utf8Formatter.TryFormat(number, digits, out var length);
        Add(digits[..length]);
    }

    public void Flush()
    {
        output.Write(_bytes, 0, _length);
        _length = 0;
    }
}
