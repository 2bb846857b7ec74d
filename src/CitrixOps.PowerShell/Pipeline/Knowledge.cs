using System.IO;
using System.Management.Automation;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Importing;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Opens what the module ships: catalogue, rules, archives.</summary>
internal static class Knowledge
{
    /// <summary>The table of builds' fingerprints.</summary>
    public static string FingerprintFile => Path.Combine(ModuleData.Directory, "fingerprints", "builds.csv");

    /// <summary>The folder of the shipped catalogue.</summary>
    public static string CatalogueFolder => Path.Combine(ModuleData.Directory, "advisories");

    /// <summary>The catalogue of bulletins, with what the user imported beside it.</summary>
    public static AdvisoryCatalogue Catalogue(IProblemSink problems) => AdvisoryCatalogue.Load(CatalogueFolder, problems, AdvisoryFolder.OfUser);

    /// <summary>The same with what is kept in a given folder, or in the user's where it is null.</summary>
    public static AdvisoryCatalogue Catalogue(CitrixOpsCmdlet cmdlet, string? folder) => AdvisoryCatalogue.Load(CatalogueFolder, cmdlet, Additions(cmdlet, folder));

    /// <summary>Where imported advisories are kept.</summary>
    public static AdvisoryFolder Additions(PSCmdlet cmdlet, string? folder) => folder is null ? AdvisoryFolder.OfUser : new AdvisoryFolder(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(folder));

    /// <summary>The rules and indicators.</summary>
    public static RuleSet Rules() => RuleSet.Load(
        new[] { Path.Combine(ModuleData.Directory, "rules"), Path.Combine(ModuleData.Directory, "indicators") },
        Adapters.Create<IYamlReader>("CitrixOps.Adapters.Yaml.YamlReader"));

    /// <summary>The finder of appliance sources.</summary>
    public static ApplianceSources Sources() => new(Adapters.Create<IArchiveReader>("CitrixOps.Adapters.Archives.ArchiveReader"), new ReadLimits());
}
