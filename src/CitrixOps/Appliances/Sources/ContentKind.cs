using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Tells by its first bytes what a file is; names lie.</summary>
internal static class ContentKind
{
    private const int TarHead = 512;

    /// <summary>What a file holds.</summary>
    internal enum Kind
    {
        /// <summary>Anything that is no archive.</summary>
        Plain,

        /// <summary>A tar archive.</summary>
        Tar,

        /// <summary>A compressed tar archive.</summary>
        TarGz,

        /// <summary>A zip archive.</summary>
        Zip,
    }

    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Kind Of(string path, ReadLimits limits)
    {
        var head = new byte[TarHead];
        using var file = DiskFile.Open(path);
        var length = Fill(file, head);
        if (length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] is 3 or 5 && head[3] is 4 or 6)
        {
            return Kind.Zip;
        }

        if (IsTar(head, length))
        {
            return Kind.Tar;
        }

        if (length > 3 && head[0] == 0x1f && head[1] == 0x8b)
        {
            return IsTarGz(file, head, path, limits) ? Kind.TarGz : Kind.Plain;
        }

        // a file that says it is an archive and is none must not pass for a log
        var name = Path.GetFileName(path);
        return Ends(name, ".tgz") || Ends(name, ".tar.gz") ? Kind.TarGz : Ends(name, ".tar") ? Kind.Tar : Ends(name, ".zip") ? Kind.Zip : Kind.Plain;
    }

    private static bool IsTarGz(FileStream file, byte[] head, string path, ReadLimits limits)
    {
        try
        {
            file.Position = 0;
            var inner = new byte[TarHead];
            using var content = new GzipContent(file, path, limits);
            return IsTar(inner, Fill(content, inner));
        }
        catch (Errors.CitrixOpsException)
        {
            // cut or damaged in its first bytes: the name decides
            return Ends(path, ".tgz") || Ends(path, ".tar.gz");
        }
    }

    private static bool Ends(string name, string end) => name.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static bool IsTar(byte[] head, int length) =>
        length == TarHead && head[257] == 'u' && head[258] == 's' && head[259] == 't' && head[260] == 'a' && head[261] == 'r';

    private static int Fill(Stream stream, byte[] buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }
}
