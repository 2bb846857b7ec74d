using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CitrixOps.Console;

/// <summary>Finds the module: where it was named, beside the console, or where the build staged it.</summary>
internal static class StagedModule
{
    private const string Manifest = "CitrixOps.psd1";

    /// <summary>The path of the manifest, or null.</summary>
    public static string? Find(string? named)
    {
        if (named is not null)
        {
            var path = Directory.Exists(named) ? Path.Combine(named, Manifest) : named;
            return File.Exists(path) ? Path.GetFullPath(path) : null;
        }

        var staged = typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "StagedModule").Value!;
        return new[]
        {
            Path.Combine(AppContext.BaseDirectory, "CitrixOps", Manifest),
            Path.Combine(AppContext.BaseDirectory, "..", "CitrixOps", Manifest),
            staged,
        }.Select(Path.GetFullPath).FirstOrDefault(File.Exists);
    }
}
