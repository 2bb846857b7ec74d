using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>
/// Feeds compressed bytes up to each place that looks like the start of another gzip member, and remembers the four bytes before
/// it: they state the length of the member that ends there.
/// </summary>
internal sealed class MemberFeed : ForwardStream
{
    private readonly Stream _source;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _position;
    private int _end;
    private int _boundary = -1;
    private bool _sourceEnded;
    private bool _ignoreNextMagic = true;

    public MemberFeed(Stream source) => _source = source;

    /// <summary>Compressed bytes given so far.</summary>
    public long Fed { get; private set; }

    /// <summary>True while feeding is held back because a member may start here.</summary>
    public bool AtBoundary { get; private set; }

    /// <summary>True once a boundary was passed without a byte being taken since.</summary>
    public bool Passed { get; private set; }

    /// <summary>The last four bytes given, little-endian.</summary>
    public uint LastFour { get; private set; }

    /// <summary>Lets the bytes after the boundary through.</summary>
    public void PassBoundary()
    {
        AtBoundary = false;
        Passed = true;
        _boundary = -1;
        _ignoreNextMagic = true;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (AtBoundary || count == 0)
        {
            return 0;
        }

        Fill();
        var available = Available();
        if (available == 0)
        {
            AtBoundary = _boundary >= 0 && _position == _boundary;
            return 0;
        }

        var give = Math.Min(available, count);
        Buffer.BlockCopy(_buffer, _position, buffer, offset, give);
        for (var i = Math.Max(0, give - 4); i < give; i++)
        {
            LastFour = (LastFour >> 8) | ((uint)_buffer[_position + i] << 24);
        }

        _position += give;
        Fed += give;
        Passed = false;
        return give;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    // keeps at least three bytes in the buffer until the source ends, so that a magic across two reads is seen
    private void Fill()
    {
        if (_sourceEnded || _end - _position > 3)
        {
            return;
        }

        Buffer.BlockCopy(_buffer, _position, _buffer, 0, _end - _position);
        _end -= _position;
        _boundary = _boundary < 0 ? -1 : _boundary - _position;
        _position = 0;
        while (_end < _buffer.Length)
        {
            var read = _source.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                _sourceEnded = true;
                break;
            }

            _end += read;
            if (_end > 3)
            {
                break;
            }
        }
    }

    private int Available()
    {
        if (_boundary < 0)
        {
            _boundary = FindMagic(_position + (_ignoreNextMagic ? 1 : 0));
        }

        _ignoreNextMagic = false;
        if (_boundary >= 0)
        {
            return _boundary - _position;
        }

        return _sourceEnded ? _end - _position : Math.Max(0, _end - _position - 3);
    }

    // 1f 8b 08 and a flags byte without reserved bits
    private int FindMagic(int start)
    {
        for (var i = start; i + 3 < _end; i++)
        {
            var hit = Array.IndexOf(_buffer, (byte)0x1f, i, _end - 3 - i);
            if (hit < 0)
            {
                return -1;
            }

            if (_buffer[hit + 1] == 0x8b && _buffer[hit + 2] == 0x08 && (_buffer[hit + 3] & 0xe0) == 0)
            {
                return hit;
            }

            i = hit;
        }

        return -1;
    }
}
