using CitrixOps.Mitigations;
using Xunit;

namespace CitrixOps.Tests.Mitigations;

/// <summary>The mitigations that the module ships.</summary>
internal static class ShippedMitigations
{
    public static MitigationCatalogue Load()
    {
        var problems = new Problems();
        var catalogue = MitigationCatalogue.Load(System.IO.Path.Combine(Repository.ModuleData, "mitigations"), problems);
        Assert.Empty(problems.Reported);
        return catalogue;
    }
}
