using System;
using System.IO;
using System.Reflection;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Loads from one folder where there are no load contexts; a handler answers for the libraries, whatever version is asked for.</summary>
internal static class IsolatedLoader
{
    private static string? _folder;

    /// <summary>Loads an assembly and, when it asks for them, its libraries.</summary>
    public static Assembly Load(string folder, string name)
    {
        if (_folder is null)
        {
            _folder = folder;
            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
        }

        return Assembly.LoadFrom(Path.Combine(folder, name + ".dll"));
    }

    /// <summary>Takes the handler back, when the module is removed.</summary>
    public static void Unhook()
    {
        AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        _folder = null;
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        var name = new AssemblyName(args.Name).Name;
        foreach (var folder in new[] { _folder!, Path.GetDirectoryName(typeof(IsolatedLoader).Assembly.Location)! })
        {
            var path = Path.Combine(folder, name + ".dll");
            if (File.Exists(path))
            {
                return Assembly.LoadFrom(path);
            }
        }

        return null;
    }
}
