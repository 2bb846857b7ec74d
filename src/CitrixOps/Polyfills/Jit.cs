using System.Runtime.CompilerServices;

namespace CitrixOps.Polyfills;

/// <summary>How methods are compiled.</summary>
internal static class Jit
{
    /// <summary>
    /// Fully at the first call: a search is over before what runs for every line would be compiled a second time. .NET Framework does not
    /// know it and passes over it.
    /// </summary>
    public const MethodImplOptions AtOnce = (MethodImplOptions)512;
}
