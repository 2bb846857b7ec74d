using System.Reflection;
using System.Runtime.Versioning;
using CitrixOps.Access;

namespace CitrixOps.Tests;

/// <summary>Which build of the domain is under test.</summary>
internal static class TestedBuild
{
    /// <summary>True for the one that Windows PowerShell loads. What is only large is tried on the other: the code is the same, and so is the time it takes.</summary>
    public static bool IsPortable { get; } = typeof(AccessCloser).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName.StartsWith(".NETStandard", System.StringComparison.Ordinal);
}
