using System.IO;

namespace CitrixOps.Polyfills;

/// <summary>A new temporary folder that only this account may read.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes it.</summary>
    public static string Create()
    {
#if NET7_0_OR_GREATER
        return Directory.CreateTempSubdirectory("citrixops-").FullName;
#else
        // on Windows the temporary folder is the account's own
        return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "citrixops-" + Path.GetRandomFileName())).FullName;
#endif
    }
}
