namespace CitrixOps.Polyfills;

/// <summary>Unix permission bits of a file, where the platform tells them.</summary>
internal static class UnixRights
{
    /// <summary>The bits, or null on Windows and on .NET Standard, whose file API does not know them.</summary>
    public static int? Of(string path)
    {
#if NET7_0_OR_GREATER
        try
        {
            return System.OperatingSystem.IsWindows() ? null : (int)System.IO.File.GetUnixFileMode(path);
        }
        catch (System.Exception e) when (e is System.IO.IOException or System.UnauthorizedAccessException)
        {
            return null;
        }
#else
        _ = path;
        return null;
#endif
    }
}
