using System;
using System.IO;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Adapters.Archives;

/// <summary>
/// The content of an entry. The library reads what is left of it when it is closed: where the archive is cut there, that must not break
/// off who closes it.
/// </summary>
internal sealed class EntryContent : ForwardStream
{
    private readonly Stream _content;

    public EntryContent(Stream content) => _content = content;

    public override int Read(byte[] buffer, int offset, int count) => _content.Read(buffer, offset, count);

    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                _content.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or CitrixOpsException)
        {
            // going on to the next entry says it again
        }

        base.Dispose(disposing);
    }
}
