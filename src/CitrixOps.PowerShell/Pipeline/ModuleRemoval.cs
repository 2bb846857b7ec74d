using System.Management.Automation;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Leaves nothing behind when the module is removed.</summary>
public sealed class ModuleRemoval : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
#if NETSTANDARD2_0
        IsolatedLoader.Unhook();
#endif
    }
}
