using System;
using System.IO;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>Refuses an entry that unpacks to far more than its compressed size.</summary>
internal sealed class RatioStream : ForwardStream
{
    private readonly Stream _source;
    private readonly long _compressed;
    private readonly string _target;
    private readonly ReadLimits _limits;
    private long _read;

    public RatioStream(Stream source, long compressed, string target, ReadLimits limits)
    {
        _source = source;
        _compressed = compressed;
        _target = target;
        _limits = limits;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _source.Read(buffer, offset, count);
        _read += read;
        if (_read > _limits.RatioFloor && _read / Math.Max(1, _compressed) > _limits.MaxRatio)
        {
            throw new CitrixOpsException(new Problem("ArchiveBomb", ErrorKind.SecurityRefusal, $"'{_target}' unpacks to more than {_limits.MaxRatio} times its size; it was not read further.", _target, "Logs do not compress like this. Treat the file as hostile; look at it on an isolated machine."));
        }

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
