using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Ends after so many bytes: what is read into memory is bounded whatever the file holds.</summary>
internal sealed class BoundedStream : Stream
{
    private readonly Stream _source;
    private long _left;

    public BoundedStream(Stream source, long limit)
    {
        _source = source;
        _left = limit;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _source.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
