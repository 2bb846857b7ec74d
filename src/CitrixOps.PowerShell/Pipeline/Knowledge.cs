using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Importing;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;
using CitrixOps.Investigation;

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

    /// <summary>The rules and indicators that ship, and those of the user. What cannot be used of the user's is reported.</summary>
    /// <param name="cmdlet">Resolves paths and takes problems.</param>
    /// <param name="own">Files or folders of the user, or null.</param>
    /// <param name="placeholders">The values of placeholders, as the user gave them, or null.</param>
    public static RuleSet Rules(CitrixOpsCmdlet cmdlet, string[]? own, System.Collections.IDictionary? placeholders)
    {
        var paths = new List<string>();
        foreach (var path in own ?? Array.Empty<string>())
        {
            var full = cmdlet.GetUnresolvedProviderPathFromPSPath(path);
            if (File.Exists(full) || Directory.Exists(full))
            {
                paths.Add(full);
            }
            else
            {
                cmdlet.Report(new Problem("RulePathNotFound", ErrorKind.NotFound, $"There is no rule file or folder '{path}'.", path, "Check the spelling; nothing is searched with it."));
            }
        }

        var rules = RuleSet.Load(Shipped.Concat(paths), Yaml(), Values(placeholders));
        foreach (var skipped in rules.Skipped)
        {
            cmdlet.Report(new Problem("RuleNotUsable", ErrorKind.InvalidData, "A rule is not used: " + SafeText.FromText(skipped.ToString()), skipped.File, "Mend the rule at that line; Test-ExploitIndicator says more."));
        }

        foreach (var waiting in rules.Waiting)
        {
            cmdlet.WriteVerbose("An optional rule is not searched for: " + SafeText.FromText(waiting.ToString()));
        }

        return rules;
    }

    /// <summary>Placeholders from a hashtable: each value is a text or a list of texts.</summary>
    public static Placeholders Values(System.Collections.IDictionary? table) => table is null ? Placeholders.None : new Placeholders(
        table.Keys.Cast<object>().Select(k => new KeyValuePair<string, IReadOnlyList<string>>(
            LanguagePrimitives.ConvertTo<string>(k), LanguagePrimitives.ConvertTo<string[]>(table[k]).Where(v => !string.IsNullOrEmpty(v)).ToArray())));

    /// <summary>Reads YAML.</summary>
    public static IYamlReader Yaml() => Adapters.Create<IYamlReader>("CitrixOps.Adapters.Yaml.YamlReader");

    /// <summary>The rules and indicators that ship.</summary>
    public static RuleSet Rules() => RuleSet.Load(Shipped, Yaml());

    private static string[] Shipped => new[] { Path.Combine(ModuleData.Directory, "rules"), Path.Combine(ModuleData.Directory, "indicators") };

    /// <summary>The finder of appliance sources.</summary>
    public static ApplianceSources Sources() => new(Adapters.Create<IArchiveReader>("CitrixOps.Adapters.Archives.ArchiveReader"), new ReadLimits());
}
