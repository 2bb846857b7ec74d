using System;
using System.IO;
using System.Reflection;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>
/// Makes the classes that touch third-party libraries. Their assembly and its libraries are loaded apart, from the module's own
/// folder, so that neither an older nor a newer copy of a library that another module brought is used, nor ours forced on others.
/// </summary>
internal static class Adapters
{
    private const string AssemblyName = "CitrixOps.Adapters";
    private static readonly Lazy<Assembly> Loaded = new(Load);

    /// <summary>Makes an object of a class of the adapters.</summary>
    /// <typeparam name="T">The interface of the domain it implements.</typeparam>
    /// <param name="typeName">The full name of the class.</param>
    public static T Create<T>(string typeName) => (T)Activator.CreateInstance(Loaded.Value.GetType(typeName, throwOnError: true)!)!;

    private static Assembly Load()
    {
        var binaries = Path.GetDirectoryName(typeof(Adapters).Assembly.Location)!;
        var folder = Path.GetFullPath(Path.Combine(binaries, "..", "..", "dependencies", Path.GetFileName(binaries)));
        return Directory.Exists(folder) ? IsolatedLoader.Load(folder, AssemblyName) : Assembly.Load(AssemblyName);
    }
}
