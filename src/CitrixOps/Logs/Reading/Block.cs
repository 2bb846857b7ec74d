using System;
using CitrixOps.Errors;

namespace CitrixOps.Logs.Reading;

/// <summary>
/// A piece of a log: whole lines, each but the last of the file with its line end. Where a line is longer than the limit, it is the last
/// of its block, and only its first part is there.
/// </summary>
internal sealed class Block
{
    private const int Spare = 4096;
    private byte[] _bytes = Array.Empty<byte>();

    /// <summary>The buffer.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Where the lines begin in the buffer.</summary>
    public int Start { get; set; }

    /// <summary>How many bytes they take.</summary>
    public int Length { get; set; }

    /// <summary>Where the first line begins in the content.</summary>
    public long Offset { get; set; }

    /// <summary>Bytes of the content that this block stands for, lines cut short and all.</summary>
    public long BytesRead { get; set; }

    /// <summary>Why reading ended here, or null.</summary>
    public Problem? Fault { get; set; }

    /// <summary>The lines.</summary>
    public ReadOnlySpan<byte> Text => new(_bytes, Start, Length);

    /// <summary>Empties it and gives it a buffer of about some length.</summary>
    public void Clear(int length)
    {
        (Start, Length, Offset, BytesRead, Fault) = (0, 0, 0, 0, null);

        // what a very long line made large is not kept
        if (_bytes.Length < length || _bytes.Length > length + LogLineReader.LongestLine)
        {
            _bytes = new byte[length + Spare];
        }
    }

    /// <summary>Makes room; what is there stays.</summary>
    public void Grow(int length)
    {
        if (_bytes.Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(length, Math.Min(_bytes.Length * 2, LogLineReader.LongestLine + 2)));
        }
    }
}
