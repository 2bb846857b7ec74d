using System;
using System.Collections.Generic;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Walks through a tar archive, entry by entry or to the entries whose content is asked for.</summary>
internal sealed class TarWalk : IDisposable
{
    private readonly IEnumerator<ArchiveEntry> _entries;
    private readonly string _path;
    private ArchiveEntry? _current;
    private int _passed;

    /// <param name="entries">The entries.</param>
    /// <param name="path">The archive, for messages.</param>
    public TarWalk(IEnumerable<ArchiveEntry> entries, string path)
    {
        _entries = entries.GetEnumerator();
        _path = path;
    }

    /// <summary>The next entry, or null at the end.</summary>
    public ArchiveEntry? Next()
    {
        _passed++;
        return _current = _entries.MoveNext() ? _entries.Current : null;
    }

    /// <summary>Entries that are known from a walk before: the archive is read only up to those whose content is opened.</summary>
    /// <param name="known">All entries in their order.</param>
    public IEnumerable<ArchiveEntry> Again(IReadOnlyList<ArchiveEntry> known)
    {
        for (var i = 0; i < known.Count; i++)
        {
            var (entry, at) = (known[i], i);
            yield return entry with { Content = () => Content(entry, at) };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _entries.Dispose();

    private Stream Content(ArchiveEntry known, int at)
    {
        while (_passed <= at)
        {
            Next();
        }

        return _passed == at + 1 && _current is { } entry && entry.Name == known.Name && entry.Length == known.Length ? entry.Content() : throw new InvalidDataException($"'{_path}' has changed while it was read");
    }
}
