using System.IO;
using System.Linq;
using System.Reflection;

namespace CitrixOps.Benchmarks;

/// <summary>Where the repository lies.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static string Data { get; } = Path.Combine(Root, "module", "data");
}
