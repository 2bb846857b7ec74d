using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Mitigations;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Mitigations;

/// <summary>Nothing that the advisories ask of a configuration is forgotten.</summary>
public sealed class MitigationDataTests
{
    private static readonly string Folder = Path.Combine(Repository.ModuleData, "mitigations");

    [Fact]
    public void Every_setting_that_a_patched_build_needs_has_a_file()
    {
        var known = MitigationCatalogue.Load(Folder, new Problems()).All;
        var needed = Advisories().SelectMany(a => Needed(a).Select(cve => (Bulletin: (string)a["id"]!, Cve: cve))).ToList();

        Assert.Equal(5, needed.Count);
        Assert.All(needed, n => Assert.Contains(known, m => m.Bulletin == n.Bulletin && (n.Cve.Length == 0 || m.Cve.Contains(n.Cve))));
    }

    [Fact]
    public void Every_mitigation_of_the_vendor_has_a_file_or_a_reason()
    {
        var known = MitigationCatalogue.Load(Folder, new Problems()).All;
        var reasons = File.ReadAllText(Path.Combine(Folder, "README.md"));
        var named = Advisories().Where(a => a["mitigation"] is JArray { Count: > 0 }).Select(a => (string)a["id"]!).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, b => Assert.True(known.Any(m => m.Bulletin == b) || reasons.Contains(b, StringComparison.Ordinal), b));
    }

    private static IEnumerable<JObject> Advisories() => Directory.GetFiles(Path.Combine(Repository.ModuleData, "advisories"), "CTX*.json").Select(f => JObject.Parse(File.ReadAllText(f)));

    private static IEnumerable<string> Needed(JObject advisory) => (advisory["config_required"] as JArray ?? []).Select(c => (string?)c["cve"] ?? "")
        .Concat((advisory["cves"] as JArray ?? []).Where(c => c["config_required"] is JObject).Select(c => (string)c["id"]!));
}
