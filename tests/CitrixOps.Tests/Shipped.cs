using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CitrixOps.Adapters.Archives;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators;
using CitrixOps.Investigation;

namespace CitrixOps.Tests;

/// <summary>What the module ships, loaded once, and the main job run on it.</summary>
internal static class Shipped
{
    private static readonly Lazy<RuleSet> LazyRules = new(() => RuleSet.Load([Path.Combine(Repository.ModuleData, "rules"), Path.Combine(Repository.ModuleData, "indicators")], new YamlReader()));
    private static readonly Lazy<AdvisoryCatalogue> LazyCatalogue = new(() => AdvisoryCatalogue.Load(Path.Combine(Repository.ModuleData, "advisories"), new Problems()));

    public static RuleSet Rules => LazyRules.Value;

    public static AdvisoryCatalogue Catalogue => LazyCatalogue.Value;

    public static IReadOnlyList<ApplianceSource> Open(Problems problems, params string[] paths) =>
        new ApplianceSources(new ArchiveReader(), new ReadLimits()).Open(paths, problems, CancellationToken.None);

    public static IReadOnlyList<CitrixOps.Investigation.Investigation> Search(Problems problems, InvestigationOptions options, params string[] paths) =>
        new Investigator(Rules, Catalogue, options, DateTimeOffset.UnixEpoch.AddYears(60)).Search(Open(problems, paths), keepFindings: true, problems, CancellationToken.None);

    public static PatchLevel Level(string version, string? configuration = null, GatewayEdition edition = GatewayEdition.Unknown)
    {
        Xunit.Assert.True(VersionParser.TryParse(version, out var parsed, out var reason), reason);
        var config = configuration is null ? null : CitrixOps.Appliances.Configuration.NsConfiguration.Parse(new StringReader(configuration));
        return new PatchLevelAssessment(Catalogue).Assess(PatchLevels.WithEdition(parsed!, edition), config);
    }

    public static Verdict Verdict(string version, string cve, string? configuration = null, GatewayEdition edition = GatewayEdition.Unknown) =>
        Level(version, configuration, edition).Vulnerabilities.Single(v => v.Cve == cve).Verdict;
}
