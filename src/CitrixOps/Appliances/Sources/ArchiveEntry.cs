using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>One entry of an archive, as the archive states it: nothing here has been checked.</summary>
public sealed record ArchiveEntry
{
    /// <summary>The name as stored.</summary>
    public string Name { get; init; } = "";

    /// <summary>The size as stored, in bytes.</summary>
    public long Length { get; init; }

    /// <summary>Unix permission bits including SUID and SGID, or null.</summary>
    public int? Mode { get; init; }

    /// <summary>Owner as name or number, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Group as name or number, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Last modification, or null.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>True for a regular file; links, folders and devices have no content that is read.</summary>
    public bool IsFile { get; init; }

    /// <summary>True for a folder: only its rights and owner are looked at.</summary>
    public bool IsFolder { get; init; }

    /// <summary>Opens the content of a regular file; at most once, and before the next entry is asked for.</summary>
    public Func<Stream> Content { get; init; } = () => Stream.Null;
}
