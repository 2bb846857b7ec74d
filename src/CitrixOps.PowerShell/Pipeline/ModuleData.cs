using System.IO;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Where the module's data folder is: beside the binaries, or two folders up in the staged module.</summary>
internal static class ModuleData
{
    /// <summary>The folder that holds <c>advisories</c>, <c>rules</c>, <c>indicators</c> and <c>schemas</c>.</summary>
    public static string Directory { get; } = Locate();

    private static string Locate()
    {
        var binaries = Path.GetDirectoryName(typeof(ModuleData).Assembly.Location)!;
        var staged = Path.GetFullPath(Path.Combine(binaries, "..", "..", "data"));
        var beside = Path.Combine(binaries, "data");
        return System.IO.Directory.Exists(Path.Combine(beside, "advisories")) ? beside : staged;
    }
}
