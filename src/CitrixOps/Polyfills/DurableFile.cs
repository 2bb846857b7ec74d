using System.IO;
using System.Runtime.InteropServices;

namespace CitrixOps.Polyfills;

/// <summary>
/// Files that must be there after a crash: written beside their place, flushed to the disk, put in place in one step. On Unix only this
/// account may read them.
/// </summary>
internal static class DurableFile
{
    private const int OwnerOnly = 0x180;

    /// <summary>Writes a file; one that is there is replaced as a whole.</summary>
    /// <param name="path">Where. Its folder is made.</param>
    /// <param name="content">What.</param>
    /// <param name="replace">False to fail where the file exists.</param>
    /// <exception cref="IOException">It could not be written; what was there before is still there.</exception>
    public static void Write(string path, byte[] content, bool replace = true)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, "." + Path.GetFileName(path) + "." + Path.GetRandomFileName());
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Restrict(temporary);
                stream.Write(content, 0, content.Length);
                stream.Flush(flushToDisk: true);
            }

            Put(temporary, path, replace);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    private static void Put(string temporary, string path, bool replace)
    {
        if (replace && File.Exists(path))
        {
            File.Replace(temporary, path, null);
        }
        else
        {
            File.Move(temporary, path);
        }
    }

    private static void Restrict(string path)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows) && NativeMethods.Chmod(path, OwnerOnly) != 0)
        {
            throw new IOException("The rights of the file could not be set.");
        }
    }

    // a name is durable when the folder is; Windows does that with the file
    private static void FlushFolder(string folder)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        var descriptor = NativeMethods.Open(folder, 0);
        if (descriptor >= 0)
        {
            // some file systems cannot flush a folder and need not
            _ = NativeMethods.Fsync(descriptor);
            _ = NativeMethods.Close(descriptor);
        }
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Open(string path, int flags);

        [DllImport("libc", EntryPoint = "fsync")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Fsync(int descriptor);

        [DllImport("libc", EntryPoint = "close")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Close(int descriptor);

        [DllImport("libc", EntryPoint = "chmod", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int Chmod(string path, int mode);
    }
}
