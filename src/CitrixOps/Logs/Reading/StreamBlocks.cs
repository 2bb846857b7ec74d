using System;
using System.IO;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Logs.Reading;

/// <summary>
/// Cuts a stream into blocks of whole lines. When the stream fails, what was read is given first and the fault kept. One thread at a
/// time.
/// </summary>
internal sealed class StreamBlocks : IDisposable
{
    // a line of the greatest length with both characters of its line end
    private const int Enough = LogLineReader.LongestLine + 2;

    private readonly Stream _stream;
    private readonly string _target;
    private readonly int _blockLength;

    // read and not yet given
    private byte[] _ahead = Array.Empty<byte>();
    private int _from;
    private int _to;
    private long _position;
    private bool _streamEnded;
    private bool _skipping;

    /// <summary>Starts a stream.</summary>
    /// <param name="stream">The content; disposed with this.</param>
    /// <param name="target">What to name in a fault.</param>
    /// <param name="blockLength">The ordinary length of a block.</param>
    public StreamBlocks(Stream stream, string target, int blockLength)
    {
        _stream = stream;
        _target = target;
        _blockLength = blockLength;
    }

    /// <summary>Why reading ended early, or null.</summary>
    public Problem? Fault { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>True when nothing is left to give.</summary>
    public bool Ended => _streamEnded && _from == _to;

    /// <summary>The first bytes of the content, before any block was taken.</summary>
    /// <param name="length">How many are wanted.</param>
    public ReadOnlySpan<byte> Peek(int length)
    {
        if (_ahead.Length < length)
        {
            Array.Resize(ref _ahead, length);
        }

        while (_to < length && !_streamEnded)
        {
            _to += ReadStream(_ahead, _to, length - _to);
        }

        return new ReadOnlySpan<byte>(_ahead, _from, Math.Min(length, _to - _from));
    }

    /// <summary>Takes the next block.</summary>
    /// <param name="block">Where it goes.</param>
    /// <returns>False at the end.</returns>
    public bool Next(Block block)
    {
        block.Clear(_blockLength);
        var capacity = _blockLength;
        var (length, searched) = (0, 0);
        while (true)
        {
            length = Fill(block.Bytes, length, capacity);
            if (_skipping)
            {
                length = SkipRest(block.Bytes, length);
                if (_skipping && Ended)
                {
                    return false;
                }

                continue;
            }

            var end = new ReadOnlySpan<byte>(block.Bytes, searched, length - searched).LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                return Give(block, length, searched + end + 1);
            }

            if (length < capacity)
            {
                return length > 0 && Give(block, length, length);
            }

            if (length >= Enough)
            {
                _skipping = true;
                return Give(block, length, LogLineReader.LongestLine);
            }

            searched = length;
            capacity = Math.Min(capacity * 2, Enough);
            block.Grow(capacity);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Give(Block block, int length, int given)
    {
        block.Length = given;
        block.Offset = _position;
        _position += given;
        Keep(block.Bytes, given, length - given);
        return true;
    }

    // the rest of a line that was given in part
    private int SkipRest(byte[] bytes, int length)
    {
        var end = new ReadOnlySpan<byte>(bytes, 0, length).IndexOf((byte)'\n');
        var skipped = end < 0 ? length : end + 1;
        _position += skipped;
        _skipping = end < 0;
        Buffer.BlockCopy(bytes, skipped, bytes, 0, length - skipped);
        return length - skipped;
    }

    // from what was read ahead, then from the stream, until there is no room or no more
    private int Fill(byte[] bytes, int length, int capacity)
    {
        var ahead = Math.Min(_to - _from, capacity - length);
        Buffer.BlockCopy(_ahead, _from, bytes, length, ahead);
        _from += ahead;
        length += ahead;
        while (length < capacity && !_streamEnded)
        {
            length += ReadStream(bytes, length, capacity - length);
        }

        return length;
    }

    // what is left over comes before what is still read ahead; then all of it came from there
    private void Keep(byte[] bytes, int at, int count)
    {
        if (_from < _to)
        {
            _from -= count;
            return;
        }

        if (_ahead.Length < count)
        {
            _ahead = new byte[count];
        }

        Buffer.BlockCopy(bytes, at, _ahead, 0, count);
        (_from, _to) = (0, count);
    }

    private int ReadStream(byte[] buffer, int offset, int count)
    {
        try
        {
            var read = _stream.Read(buffer, offset, count);
            _streamEnded = read == 0;
            BytesRead += read;
            return read;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            Fault = ReadFailures.Of(e, _target, archive: false);
            _streamEnded = true;
            return 0;
        }
    }
}
