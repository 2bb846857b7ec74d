using System.IO;
using System.Linq;
using System.Reflection;

namespace CitrixOps.Tests;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static string ModuleData { get; } = Path.Combine(Root, "module", "data");

    public static string Data(params string[] parts) => Path.Combine([Root, "tests", "data", .. parts]);
}
