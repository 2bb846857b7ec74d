using System;
#if NET6_0_OR_GREATER
using System.IO;
#endif

namespace CitrixOps.Polyfills;

/// <summary>A file that several threads read at places of their own. Where the platform cannot do that, none is opened.</summary>
internal sealed class PositionedFile : IDisposable
{
#if NET6_0_OR_GREATER
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _handle;

    private PositionedFile(Microsoft.Win32.SafeHandles.SafeFileHandle handle, long length) => (_handle, Length) = (handle, length);

    /// <summary>Its length when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file without locking out its writer.</summary>
    /// <returns>The file; null when it is none that has places, or empty.</returns>
    public static PositionedFile? TryOpen(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var length = RandomAccess.GetLength(handle);
            if (length > 0)
            {
                return new PositionedFile(handle, length);
            }
        }
        catch (NotSupportedException)
        {
            // a pipe or a device: it is read as a stream
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Reads at a place.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    public int Read(byte[] buffer, int offset, int count, long position) => RandomAccess.Read(_handle, buffer.AsSpan(offset, count), position);

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
#else
    /// <summary>Its length when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file without locking out its writer.</summary>
    /// <returns>The file; null when it is none that has places, or empty.</returns>
    public static PositionedFile? TryOpen(string path)
    {
        _ = path;
        return null;
    }

    /// <summary>Reads at a place.</summary>
    /// <returns>How many bytes; 0 at the end.</returns>
    public int Read(byte[] buffer, int offset, int count, long position) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
#endif
}
