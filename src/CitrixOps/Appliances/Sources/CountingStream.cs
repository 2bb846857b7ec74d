using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Passes reads through and counts the bytes, for progress.</summary>
internal sealed class CountingStream : ForwardStream
{
    private readonly Stream _source;
    private readonly Action<int> _count;

    public CountingStream(Stream source, Action<int> count)
    {
        _source = source;
        _count = count;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _source.Read(buffer, offset, count);
        _count(read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}
