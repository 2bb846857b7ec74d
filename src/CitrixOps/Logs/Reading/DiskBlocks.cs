using System;
using CitrixOps.Appliances.Sources;
using CitrixOps.Polyfills;

namespace CitrixOps.Logs.Reading;

/// <summary>
/// Cuts a plain file into blocks that can be read in any order and by several threads at once: a block holds the lines that begin in
/// its part of the file. The file is taken as long as it was when it was opened.
/// </summary>
internal sealed class DiskBlocks : IDisposable
{
    private const int Ahead = 16 * 1024;
    private const int Enough = LogLineReader.LongestLine + 2;

    private readonly PositionedFile _file;
    private readonly string _target;
    private readonly int _blockLength;
    private readonly Action<int> _consumed;

    private DiskBlocks(PositionedFile file, string target, int blockLength, Action<int> consumed)
    {
        _file = file;
        _target = target;
        _blockLength = blockLength;
        _consumed = consumed;
        Count = (int)((file.Length + blockLength - 1) / blockLength);
    }

    /// <summary>How many blocks there are.</summary>
    public int Count { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">What to name in a fault.</param>
    /// <param name="blockLength">The length of a part.</param>
    /// <param name="consumed">Told what was read, for progress.</param>
    /// <returns>Null when it must be read as a stream.</returns>
    public static DiskBlocks? TryOpen(string path, string target, int blockLength, Action<int> consumed) =>
        PositionedFile.TryOpen(path) is { } file ? new DiskBlocks(file, target, blockLength, consumed) : null;

    /// <summary>The first bytes.</summary>
    /// <param name="length">How many are wanted.</param>
    public byte[] Peek(int length)
    {
        var bytes = new byte[(int)Math.Min(length, _file.Length)];
        var read = 0;
        try
        {
            int more;
            while (read < bytes.Length && (more = _file.Read(bytes, read, bytes.Length - read, read)) > 0)
            {
                read += more;
            }
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            // the block that holds the place says so
        }

        Array.Resize(ref bytes, read);
        return bytes;
    }

    /// <summary>Reads a block.</summary>
    /// <param name="index">Which.</param>
    /// <param name="block">Where it goes; empty when no line begins there.</param>
    public void Read(int index, Block block)
    {
        var start = (long)index * _blockLength;
        var end = Math.Min(start + _blockLength, _file.Length);

        // the byte before tells whether a line begins at the first
        var before = index > 0 ? 1 : 0;
        var part = (int)(end - start) + before;
        block.Clear(part + Ahead);
        block.BytesRead = end - start;
        _consumed((int)(end - start));
        var read = Read(block, 0, Math.Min(block.Bytes.Length, part + Ahead), start - before);
        var first = 0;
        if (before > 0)
        {
            first = new ReadOnlySpan<byte>(block.Bytes, 0, Math.Min(read, part - 1)).IndexOf((byte)'\n') + 1;
            if (first == 0)
            {
                return;
            }
        }

        block.Start = first;
        block.Offset = start - before + first;
        block.Length = End(block, first, part, read, start - before) - first;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // where the last line that begins in the part ends
    private int End(Block block, int first, int part, int read, long position)
    {
        if (read < part)
        {
            return read;
        }

        var lastLine = new ReadOnlySpan<byte>(block.Bytes, first, part - 1 - first).LastIndexOf((byte)'\n') + 1 + first;
        var searched = part - 1;
        while (true)
        {
            var newline = new ReadOnlySpan<byte>(block.Bytes, searched, read - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return searched + newline + 1;
            }

            searched = read;
            if (read - lastLine >= Enough)
            {
                return lastLine + LogLineReader.LongestLine;
            }

            var wanted = Math.Min(lastLine + Enough, read + Math.Max(Ahead, read - lastLine));
            block.Grow(wanted);
            var more = Read(block, read, wanted - read, position + read);
            if (more == 0)
            {
                return read;
            }

            read += more;
        }
    }

    private int Read(Block block, int offset, int count, long position)
    {
        var read = 0;
        count = (int)Math.Min(count, _file.Length - position);
        try
        {
            int more;
            while (read < count && (more = _file.Read(block.Bytes, offset + read, count - read, position + read)) > 0)
            {
                read += more;
            }
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            block.Fault = ReadFailures.Of(e, _target, archive: false);
        }

        return read;
    }
}
