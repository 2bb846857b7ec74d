using System.IO;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Opens what the module ships: catalogue, rules, archives.</summary>
internal static class Knowledge
{
    /// <summary>The catalogue of bulletins.</summary>
    public static AdvisoryCatalogue Catalogue(IProblemSink problems) => AdvisoryCatalogue.Load(Path.Combine(ModuleData.Directory, "advisories"), problems);

    /// <summary>The rules and indicators.</summary>
    public static RuleSet Rules() => RuleSet.Load(
        new[] { Path.Combine(ModuleData.Directory, "rules"), Path.Combine(ModuleData.Directory, "indicators") },
        Adapters.Create<IYamlReader>("CitrixOps.Adapters.Yaml.YamlReader"));

    /// <summary>The finder of appliance sources.</summary>
    public static ApplianceSources Sources() => new(Adapters.Create<IArchiveReader>("CitrixOps.Adapters.Archives.ArchiveReader"), new ReadLimits());
}
