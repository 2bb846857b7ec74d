using System.Collections.Generic;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Reads tar archives as a stream; nothing is written to disk.</summary>
public interface IArchiveReader
{
    /// <summary>Reads the entries of a tar archive in order. An entry's content can be read until the next is asked for.</summary>
    /// <param name="stream">The archive, not compressed; need not be seekable.</param>
    /// <returns>The entries.</returns>
    /// <exception cref="InvalidDataException">The stream is no tar archive, or is damaged.</exception>
    /// <exception cref="EndOfStreamException">The archive ends in the middle.</exception>
    IEnumerable<ArchiveEntry> ReadTar(Stream stream);
}
