using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Ends after so many bytes: what is read into memory is bounded whatever the file holds.</summary>
internal sealed class BoundedStream : ForwardStream
{
    private readonly Stream _source;
    private long _left;

    public BoundedStream(Stream source, long limit)
    {
        _source = source;
        _left = limit;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _source.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        return read;
    }
}
