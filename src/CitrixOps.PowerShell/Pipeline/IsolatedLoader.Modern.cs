using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>A load context that looks in one folder first. The domain itself is shared with it, so that its types are the same.</summary>
internal sealed class IsolatedLoader : AssemblyLoadContext
{
    private readonly string _folder;

    private IsolatedLoader(string folder)
        : base("CitrixOps") => _folder = folder;

    /// <summary>Loads an assembly and, when it asks for them, its libraries.</summary>
    public static Assembly Load(string folder, string name) => new IsolatedLoader(folder).LoadFromAssemblyPath(Path.Combine(folder, name + ".dll"));

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var domain = typeof(Errors.Problem).Assembly;
        if (assemblyName.Name == domain.GetName().Name)
        {
            return domain;
        }

        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
