using System;
using System.IO;

namespace CitrixOps.Appliances;

/// <summary>
/// One file of an appliance source. Its content can be read only while it is the current element of the enumeration that
/// produced it: members of an archive are streamed, never extracted.
/// </summary>
public abstract class ApplianceFile
{
    /// <summary>The file or archive on this machine that holds the content.</summary>
    public abstract string SourcePath { get; }

    /// <summary>The path inside the archive, with forward slashes; null for a plain file.</summary>
    public abstract string? Member { get; }

    /// <summary>
    /// Where the file stood on the appliance, absolute and with forward slashes (<c>/var/log/httpaccess.log.0.gz</c>), when the
    /// source tells; null for loose files.
    /// </summary>
    public abstract string? AppliancePath { get; }

    /// <summary>The last path component as stored, including <c>.gz</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Stored size in bytes (compressed where the file is), or null where unknown.</summary>
    public abstract long? Length { get; }

    /// <summary>Last modification, or null where unknown. A copied file carries the time of the copy: treat it as a hint.</summary>
    public abstract DateTimeOffset? Modified { get; }

    /// <summary>Unix permission bits including SUID (0x800) and SGID (0x400), or null where the source does not tell.</summary>
    public virtual int? Mode => null;

    /// <summary>Owner as name or number, or null.</summary>
    public virtual string? Owner => null;

    /// <summary>Group as name or number, or null.</summary>
    public virtual string? Group => null;

    /// <summary>False for entries known only from a listing (<c>ls -lR</c> in a bundle): there is no content to read.</summary>
    public virtual bool HasContent => true;

    /// <summary>True for a folder: it has rights and an owner, and no content.</summary>
    public virtual bool IsFolder => false;

    /// <summary>Lines and bytes that came before the content, where it is a piece of something longer.</summary>
    public (long Lines, long Bytes) StartsAt { get; set; }

    /// <summary>
    /// Opens the content. A <c>.gz</c> is decompressed (all members of it); everything else is given as stored.
    /// Bytes read from the underlying storage are limited against decompression bombs.
    /// </summary>
    /// <returns>A forward-only stream that the caller disposes.</returns>
    /// <exception cref="Errors.CitrixOpsException">The content cannot be read; carries the problem to report.</exception>
    public abstract Stream OpenRead();

    /// <summary>The plain file on this machine's disk whose bytes are the content as they are; null where there is none.</summary>
    internal virtual string? DiskPath => null;

    /// <summary>Counts bytes that were read of <see cref="DiskPath"/>.</summary>
    internal virtual void Consumed(int bytes)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Member is null ? SourcePath : SourcePath + "!" + Member;
}
