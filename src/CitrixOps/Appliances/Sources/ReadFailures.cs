using System;
using System.IO;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>Names what went wrong while reading, with an id and what to do.</summary>
internal static class ReadFailures
{
    /// <summary>True for failures of files and archives that concern one input only.</summary>
    public static bool Concerns(Exception e) => e is IOException or UnauthorizedAccessException or InvalidDataException or CitrixOpsException or NotSupportedException;

    /// <summary>The problem for a failure.</summary>
    /// <param name="e">The failure.</param>
    /// <param name="target">The input.</param>
    /// <param name="archive">True while an archive's structure was read.</param>
    public static Problem Of(Exception e, string target, bool archive) => e switch
    {
        CitrixOpsException known => known.Problem,
        UnauthorizedAccessException => new Problem("AccessDenied", ErrorKind.PermissionDenied, $"'{target}' may not be read by this account.", target, "Run as an account that may read it, or copy it to where you may."),
        FileNotFoundException or DirectoryNotFoundException => new Problem("PathNotFound", ErrorKind.NotFound, $"'{target}' is no longer there.", target, "Check whether it was moved while it was read."),
        EndOfStreamException when archive => new Problem("ArchiveTruncated", ErrorKind.InvalidData, $"'{target}' ends in the middle of an entry.", target, "What came before was read. Copy the archive again from the appliance and compare sizes."),
        InvalidDataException or NotSupportedException when archive => new Problem("ArchiveInvalid", ErrorKind.InvalidData, $"'{target}' is not a readable archive, or is damaged.", target, "What came before the damage was read. Check what the file is; copy it again."),
        _ => new Problem("ReadFailed", ErrorKind.ReadFailed, $"'{target}' could not be read: {e.GetType().Name}.", target, "Check the disk or the connection and try again."),
    };
}
