using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using CitrixOps.Appliances.Sources;

namespace CitrixOps.Adapters.Archives;

/// <summary>
/// Passes a tar archive through and makes ordinary files of GNU tar's sparse ones, which the framework's reader refuses together with all
/// that follows them. Their content is then the pieces that are not holes: enough to look for texts. Anything it does not understand is
/// passed through as it is. For a reader that does not tell, it keeps the types of the entries in their order.
/// </summary>
internal sealed class SparseHeaders : ForwardStream
{
    private const int Block = 512;
    private const int TypeAt = 156;
    private const int ChecksumAt = 148;
    private const int MoreAt = 482;
    private const int MoreInMap = 504;
    private const int MostMaps = 100_000;
    private readonly Stream _source;
    private readonly Queue<char>? _types;
    private readonly byte[] _header = new byte[Block];
    private int _headerLeft;
    private long _data;
    private bool _passing;

    public SparseHeaders(Stream source, Queue<char>? types = null)
    {
        _source = source;
        _types = types;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_passing || count == 0)
        {
            return _source.Read(buffer, offset, count);
        }

        if (_headerLeft == 0 && _data == 0)
        {
            Next();
        }

        if (_headerLeft > 0)
        {
            var give = Math.Min(count, _headerLeft);
            Buffer.BlockCopy(_header, Block - _headerLeft, buffer, offset, give);
            _headerLeft -= give;
            return give;
        }

        var read = _source.Read(buffer, offset, _passing ? count : (int)Math.Min(count, _data));
        _data -= _passing ? 0 : read;
        return read;
    }

    private void Next()
    {
        var filled = Fill(_header);
        if (filled < Block)
        {
            // the end, or the middle of a block: the reader says what is wrong with it
            Buffer.BlockCopy(_header, 0, _header, Block - filled, filled);
            (_headerLeft, _passing) = (filled, filled == 0);
            return;
        }

        _headerLeft = Block;
        if (Array.TrueForAll(_header, b => b == 0))
        {
            return;
        }

        if (Checksum() != Octal(ChecksumAt, 8) || Size() is not { } size)
        {
            _passing = true;
            _data = 0;
            return;
        }

        var type = (char)_header[TypeAt];
        if (type == 'S')
        {
            MakeOrdinary();
        }

        // x, g, L and K only describe the entry that follows
        if (type is not ('x' or 'g' or 'L' or 'K'))
        {
            _types?.Enqueue(type == 'S' ? '0' : type);
        }

        _data = type is '1' or '2' or '3' or '4' or '5' or '6' ? 0 : (size + Block - 1) / Block * Block;
    }

    // further maps of the pieces stand between the header and the content
    private void MakeOrdinary()
    {
        var more = _header[MoreAt] != 0;
        var map = new byte[Block];
        for (var maps = 0; more && maps < MostMaps && Fill(map) == Block; maps++)
        {
            more = map[MoreInMap] != 0;
        }

        _header[TypeAt] = (byte)'0';
        Array.Clear(_header, 345, Block - 345);
        var sum = Convert.ToString(Checksum(), 8).PadLeft(6, '0') + "\0 ";
        Encoding.ASCII.GetBytes(sum, 0, 8, _header, ChecksumAt);
    }

    private int Fill(byte[] block)
    {
        var filled = 0;
        for (var read = -1; read != 0 && filled < Block; filled += read)
        {
            read = _source.Read(block, filled, Block - filled);
        }

        return filled;
    }

    private int Checksum()
    {
        var sum = 0;
        for (var i = 0; i < Block; i++)
        {
            sum += i is >= ChecksumAt and < ChecksumAt + 8 ? ' ' : _header[i];
        }

        return sum;
    }

    // octal, or binary where the first bit says so
    private long? Size()
    {
        if ((_header[124] & 0x80) == 0)
        {
            return Octal(124, 12);
        }

        long size = _header[124] & 0x7f;
        for (var i = 125; i < 136; i++)
        {
            if (size > long.MaxValue >> 9)
            {
                return null;
            }

            size = (size << 8) | _header[i];
        }

        return size;
    }

    private long? Octal(int at, int length)
    {
        long value = 0;
        var any = false;
        for (var i = at; i < at + length; i++)
        {
            var c = _header[i];
            if (c is >= (byte)'0' and <= (byte)'7')
            {
                value = (value << 3) | (long)(c - (byte)'0');
                any = true;
            }
            else if (c is not ((byte)' ' or 0))
            {
                return null;
            }
            else if (any)
            {
                break;
            }
        }

        return value;
    }
}
