using System;
using System.IO;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Logs.Reading;

/// <summary>
/// Reads a stream as lines over one buffer, without allocation per line. A line longer than the limit is given as its first part;
/// numbers and offsets stay right. When the stream fails, what was read is given first and the fault kept.
/// </summary>
public sealed class LogLineReader : IDisposable
{
    /// <summary>The longest line that is given whole, in bytes.</summary>
    public const int LongestLine = 1 << 20;

    private readonly Stream _stream;
    private readonly string _target;
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private int _lineStart;
    private int _lineLength;
    private bool _ended;
    private bool _skipping;

    /// <summary>Opens a reader.</summary>
    /// <param name="stream">The content; disposed with the reader.</param>
    /// <param name="target">What to name in a fault.</param>
    public LogLineReader(Stream stream, string target)
    {
        _stream = stream;
        _target = target;
        _buffer = new byte[LongestLine + (LongestLine / 2)];
    }

    /// <summary>The current line without its line end; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Line => new(_buffer, _lineStart, _lineLength);

    /// <summary>1-based number of the current line.</summary>
    public long Number { get; private set; }

    /// <summary>Byte offset of the current line in the content.</summary>
    public long Offset { get; private set; }

    /// <summary>True when the current line is only the first part of a longer one.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Why reading ended early, or null.</summary>
    public Problem? Fault { get; private set; }

    /// <summary>The first bytes of the content, without moving on.</summary>
    /// <param name="length">How many are wanted.</param>
    public ReadOnlySpan<byte> Peek(int length)
    {
        while (_end - _start < length && !_ended)
        {
            Fill();
        }

        return new ReadOnlySpan<byte>(_buffer, _start, Math.Min(length, _end - _start));
    }

    /// <summary>Moves to the next line.</summary>
    /// <returns>False at the end.</returns>
    public bool Next()
    {
        if (_skipping)
        {
            SkipRest();
        }

        var searched = 0;
        while (true)
        {
            var available = new ReadOnlySpan<byte>(_buffer, _start + searched, _end - _start - searched);
            var newline = available.IndexOf((byte)'\n');
            if (newline >= 0)
            {
                return Give(searched + newline, 1, truncated: false);
            }

            searched = _end - _start;
            if (searched >= LongestLine + 2)
            {
                _skipping = true;
                return Give(LongestLine, 0, truncated: true);
            }

            if (_ended)
            {
                return searched > 0 && Give(searched, 0, truncated: false);
            }

            Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool Give(int length, int lineEnd, bool truncated)
    {
        Offset = BytesRead - (_end - _start);
        Number++;
        _lineStart = _start;
        _lineLength = length > 0 && lineEnd > 0 && _buffer[_start + length - 1] == '\r' ? length - 1 : length;
        Truncated = truncated || _lineLength > LongestLine;
        _lineLength = Math.Min(_lineLength, LongestLine);
        _start += length + lineEnd;
        return true;
    }

    private void SkipRest()
    {
        _skipping = false;
        while (true)
        {
            var newline = new ReadOnlySpan<byte>(_buffer, _start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                _start += newline + 1;
                return;
            }

            _start = _end;
            if (_ended)
            {
                return;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0 && (_start == _end || _buffer.Length - _end < 1 << 16))
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _ended = read == 0;
            _end += read;
            BytesRead += read;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            Fault = ReadFailures.Of(e, _target, archive: false);
            _ended = true;
        }
    }
}
