using System;
using System.Linq;

namespace CitrixOps.Appliances.Sources;

/// <summary>Turns names inside archives and folders into paths on the appliance.</summary>
internal static class ApplianceRoot
{
    private static readonly string[] TopFolders = { "nsconfig", "shell", "var", "flash", "netscaler", "etc", "tmp", "root", "nsinstall", "cores", "home", "usr", "bin", "sbin", "dev" };

    /// <summary>True when a relative path starts at the root of an appliance or of a bundle.</summary>
    public static bool IsTop(string segment) => TopFolders.Contains(segment, StringComparer.Ordinal);

    /// <summary>The absolute path on the appliance for a name in an archive: a bundle's own root folder is left out.</summary>
    /// <param name="name">A safe relative name with forward slashes.</param>
    /// <returns>The path, or null for a file outside any known top folder.</returns>
    public static string? PathOf(string name)
    {
        var slash = name.IndexOf('/');
        if (slash < 0)
        {
            return null;
        }

        var first = name.Substring(0, slash);
        var rest = name.Substring(slash + 1);
        var second = rest.IndexOf('/');
        var inner = second > 0 && IsTop(rest.Substring(0, second)) ? "/" + rest : null;

        // somebody may have called the folder root; the appliance's own /root holds none of these
        return IsTop(first) && !(first == "root" && inner is not null) ? "/" + name : inner;
    }
}
