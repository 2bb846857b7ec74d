using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Importing;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Advisories;

public sealed class AdvisoryImporterTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
    private static readonly string Shipped = Path.Combine(Repository.ModuleData, "advisories");
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_record_that_disagrees_on_a_build_is_a_conflict_and_the_catalogue_stands()
    {
        var import = Import(Record("CVE-2024-5492", ("NetSclaer", "NetScaler ADC\u202f", "13.0 ", "lessThan", "92.13"), ("NetScaler", "NetScaler ADC", " 13.1-FIPS", "lessThan", "37.183")));

        Assert.Equal(ImportOutcome.Stored, import.Outcome);
        Assert.Equal(["CVE-2024-5492"], import.Known);
        Assert.Equal("CVE-2024-5492 13.0: fixed in 13.0-92.31 says the catalogue, 13.0-92.13 says CVE-2024-5492", Assert.Single(import.Conflicts));
        Assert.Equal(Verdict.Affected, VerdictOf("13.0-92.13", "CVE-2024-5492"));
        Assert.Contains("13.0-92.13", Rows("13.0-92.13").Single(v => v.Cve == "CVE-2024-5492").Conflicts.Single());
    }

    [Fact]
    public void A_record_that_calls_the_fixed_build_affected_is_a_conflict()
    {
        var import = Import(Record("CVE-2026-19490", ("NetScaler", "ADC", "14.1", "lessThanOrEqual", "73.32"), ("NetScaler", "ADC", "13.1", "lessThanOrEqual", "13.1-63.21")));

        Assert.Equal(2, import.Conflicts.Count);
        Assert.Equal(Verdict.Fixed, VerdictOf("14.1-73.32", "CVE-2026-19490"));
    }

    [Fact]
    public void A_bound_counts_for_its_own_branch_only()
    {
        var import = Import(Record("CVE-2026-99001", ("NetScaler", "NetScaler ADC", "0", "lessThan", "14.1-80.37"), ("NetScaler", "NetScaler ADC", "0", "lessThan", "13.1-70.23 "), ("NetScaler", "NetScaler ADC", "0", "lessThan", "13.1.37.379 FIPS and NDcPP")));

        Assert.Equal(["CVE-2026-99001"], import.Added);
        Assert.Empty(import.Skipped);
        Assert.Equal(Verdict.Fixed, VerdictOf("13.1-70.23", "CVE-2026-99001"));
        Assert.Equal(Verdict.Affected, VerdictOf("13.1-70.22", "CVE-2026-99001"));
        Assert.Equal(Verdict.Affected, VerdictOf("14.1-80.36", "CVE-2026-99001"));
        Assert.Equal(Verdict.Fixed, VerdictOf("13.1-37.379", "CVE-2026-99001"));
        Assert.Equal(Verdict.Unknown, VerdictOf("13.0-92.31", "CVE-2026-99001"));
    }

    [Fact]
    public void The_last_affected_build_of_an_unknown_cve_is_affected_and_says_why_it_may_not_be()
    {
        Import(Record("CVE-2026-99002", ("NetScaler", "NetScaler Gateway", "14.1", "lessThanOrEqual", "80.10")));

        Assert.Equal(Verdict.Affected, VerdictOf("14.1-80.10", "CVE-2026-99002"));
        Assert.Contains("by mistake", Rows("14.1-80.10").Single(v => v.Cve == "CVE-2026-99002").Reason);
        Assert.Equal(Verdict.Fixed, VerdictOf("14.1-80.11", "CVE-2026-99002"));
    }

    [Theory]
    [InlineData("NetScaler", "NetScaler Console")]
    [InlineData("NetSclaer", "SDX")]
    [InlineData("Citrix", "SD-WAN and NetScaler")]
    [InlineData("Citrix", "Session Recording")]
    [InlineData("Other", "API Gateway")]
    public void Other_products_are_left_out(string vendor, string product)
    {
        var import = Import(Record("CVE-2026-99003", (vendor, product, "14.1", "lessThan", "25.53")));

        Assert.Equal(ImportOutcome.NothingForGateways, import.Outcome);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("Citrix", "Application Delivery Controller (ADC), Gateway, and SD-WAN WANOP Appliance")]
    [InlineData("Cloud Software Group", "NetScaler ADC\u202f")]
    [InlineData("Citrix", "NetScaler")]
    public void Our_products_are_recognised_however_they_are_spelt(string vendor, string product) =>
        Assert.Equal(ImportOutcome.Stored, Import(Record("CVE-2026-99004", (vendor, product, "14.1", "lessThan", "80.1"))).Outcome);

    [Fact]
    public void A_csaf_document_gives_ranges_and_an_unknown_range_is_none()
    {
        var import = Import(Csaf());

        Assert.Equal(("NCSC-2026-0999", DocumentKind.Csaf), (import.Id, import.Kind));
        Assert.Equal(["CVE-2025-5777"], import.Known);
        Assert.Equal(["CVE-2026-99010", "CVE-2026-99011"], import.Added);
        Assert.Contains(import.Skipped, s => s.Contains("vers:unknown/*", StringComparison.Ordinal));
        Assert.Equal(Verdict.Affected, VerdictOf("14.1-79.1", "CVE-2026-99010"));
        Assert.Equal(Verdict.Fixed, VerdictOf("14.1-80.1", "CVE-2026-99010"));
        Assert.Equal(Verdict.Unknown, VerdictOf("14.1-80.1", "CVE-2026-99011"));
        Assert.Equal(9.1, Rows("14.1-80.1").Single(v => v.Cve == "CVE-2026-99010").Cvss);
        Assert.Equal(Verdict.Fixed, VerdictOf("14.1-43.56", "CVE-2025-5777"));
    }

    [Fact]
    public void The_kev_catalogue_adds_what_is_exploited_and_never_moves_a_date()
    {
        var import = Import(Kev(("CVE-2025-12101", "NetScaler", "2026-11-20", "Known"), ("CVE-2025-5777", "NetScaler ADC and Gateway", "2025-07-11", "Unknown"), ("CVE-2026-99020", "NetScaler", "2026-11-21", "Unknown"), ("CVE-2021-44228", "Log4j", "2021-12-10", "Known")));

        Assert.Equal((2, 1), (import.Known.Count, import.Added.Count));
        Assert.Contains("CVE-2025-5777: listed as exploited on 2025-07-10 says the catalogue, on 2025-07-11", Assert.Single(import.Conflicts));
        var rows = Rows("14.1-47.46");
        Assert.True(rows.Single(v => v.Cve == "CVE-2025-12101") is { KnownExploited: true, KnownRansomware: true, Priority: Priority.Critical });
        Assert.Equal(new DateTimeOffset(2025, 7, 10, 0, 0, 0, TimeSpan.Zero), rows.Single(v => v.Cve == "CVE-2025-5777").KnownExploitedSince);
        Assert.Equal(Verdict.Unknown, rows.Single(v => v.Cve == "CVE-2026-99020").Verdict);
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero), Catalogue().EarliestKnownExploitation("CVE-2025-12101"));
    }

    [Fact]
    public void An_older_catalogue_does_not_replace_a_newer_one()
    {
        Import(Kev(("CVE-2025-12101", "NetScaler", "2026-11-20", "Known")));

        Assert.Equal(ImportOutcome.OlderThanStored, Import(Kev(("CVE-2025-12101", "NetScaler", "2026-11-20", "Known")).Replace("2026-11-22", "2026-11-01", StringComparison.Ordinal)).Outcome);
    }

    [Theory]
    [InlineData("#model_version:v2026.01.01,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\nCVE-2025-7775,0.47837,0.97647\nCVE-1999-0001,0.01,0.5\n", false)]
    [InlineData("#model_version:v2026.01.01,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\nCVE-2025-7775,0.47837,0.97647\n", true)]
    [InlineData("{\"status\":\"OK\",\"data\":[{\"cve\":\"CVE-2025-7775\",\"epss\":\"0.47837\",\"percentile\":\"0.97647\",\"date\":\"2026-11-24\"}]}", false)]
    public void Epss_scores_are_taken_from_csv_gzip_and_api(string text, bool zip)
    {
        var import = Import(text, zip);

        Assert.Equal((DocumentKind.Epss, "epss 2026-11-24", 1), (import.Kind, import.Id, import.Known.Count));
        Assert.True(Rows("14.1-47.46").Single(v => v.Cve == "CVE-2025-7775") is { Epss: 0.47837, EpssPercentile: 0.97647 });
    }

    [Theory]
    [InlineData("", "DocumentNotRecognised")]
    [InlineData("hello", "DocumentNotRecognised")]
    [InlineData("{\"a\":1}", "DocumentNotRecognised")]
    [InlineData("{\"a\":1", "DocumentInvalid")]
    [InlineData("{\"a\":1,\"a\":2}", "DocumentInvalid")]
    [InlineData("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2026-1111\",\"state\":\"REJECTED\"},\"containers\":{\"cna\":{}}}", "DocumentInvalid")]
    [InlineData("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"4.0\",\"cveMetadata\":{\"cveId\":\"CVE-2026-1111\",\"state\":\"PUBLISHED\"},\"containers\":{\"cna\":{}}}", "DocumentInvalid")]
    [InlineData("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"../../etc\",\"state\":\"PUBLISHED\"},\"containers\":{\"cna\":{}}}", "DocumentInvalid")]
    [InlineData("{\"document\":{\"csaf_version\":\"1.0\"}}", "DocumentInvalid")]
    [InlineData("{\"document\":{\"csaf_version\":\"2.0\"}}", "DocumentInvalid")]
    [InlineData("{\"title\":\"t\",\"catalogVersion\":\"1\",\"dateReleased\":\"2026-11-22\",\"count\":9,\"vulnerabilities\":[]}", "DocumentInvalid")]
    [InlineData("cve,epss,percentile\nCVE-2025-7775,7,0.1\n", "DocumentInvalid")]
    public void What_is_not_valid_is_refused_whole(string text, string expected)
    {
        Assert.Equal(expected, Assert.Throws<CitrixOpsException>(() => Import(text)).Problem.Id);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Depth_size_and_packed_size_are_bounded()
    {
        Assert.Equal("DocumentInvalid", Assert.Throws<CitrixOpsException>(() => Import("{\"a\":" + new string('[', 5000))).Problem.Id);
        Assert.Equal("DocumentTooLarge", Assert.Throws<CitrixOpsException>(() => Import(new string(' ', 2_000_000))).Problem.Id);
        Assert.Equal("DocumentTooLarge", Assert.Throws<CitrixOpsException>(() => Import(new string(' ', 2_000_000), zip: true)).Problem.Id);
    }

    [Fact]
    public void An_identifier_never_becomes_a_path()
    {
        var import = Import(Csaf().Replace("NCSC-2026-0999", "../../../../tmp/evil", StringComparison.Ordinal));

        Assert.Equal(_folder.Path, Path.GetDirectoryName(import.StoredAs));
    }

    [Fact]
    public void A_broken_file_in_the_folder_is_reported_and_the_catalogue_stands()
    {
        _folder.File("x.json", "{\"schema\":\"other\",\"kind\":\"Kev\",\"id\":\"x\",\"cves\":[]}");
        _folder.File("y.json", "{");

        Assert.Equal(30, Catalogue().Advisories.Count);
        Assert.Equal(["ImportBroken", "ImportBroken"], _problems.Ids);
    }

    // the traps that records are known to hold, each on a CVE that the catalogue does not know and so has to take at its word
    [Theory]
    [InlineData("14.1", "lessThan", "14.1-80.37 FIPS", "14.1-80.36 FIPS", Verdict.Affected)]
    [InlineData("14.1", "lessThan", "14.1-80.37 FIPS", "14.1-80.37 FIPS", Verdict.Fixed)]
    [InlineData(" 13.1-FIPS", "lessThan", "37.400", "13.1-37.399", Verdict.Affected)]
    [InlineData(" 13.1-FIPS", "lessThan", "37.400", "13.1-64.30", Verdict.Unknown)]
    [InlineData("12.1-64.17\u202f ", "lessThan", "12.1-66.1", "12.1-66.1", Verdict.Fixed)]
    [InlineData("0", "lessThan", "80.37", "14.1-80.36", Verdict.Unknown)]
    [InlineData("14.1", "lessThan", "*", "14.1-80.36", Verdict.Unknown)]
    [InlineData("14.1", "lessThanOrEqual", "*", "14.1-80.36", Verdict.Unknown)]
    [InlineData("13.0", "lessThan", "14.1-80.37", "13.0-92.31", Verdict.Unknown)]
    [InlineData("13.0", "lessThan", "14.1-80.37", "14.1-80.36", Verdict.Affected)]
    public void A_bound_of_a_record_says_what_it_says_and_no_more(string version, string bound, string value, string build, Verdict expected)
    {
        Import(Record("CVE-2026-99030", ("Citirx", "NetScaler ADC", version, bound, value)));

        Assert.Equal(expected, VerdictOf(build, "CVE-2026-99030"));
    }

    [Fact]
    public void Of_two_bounds_for_one_branch_the_higher_counts_and_that_is_said()
    {
        var import = Import(Record("CVE-2026-99031", ("NetScaler", "NetScaler ADC", "14.1", "lessThan", "80.37"), ("NetScaler", "NetScaler Gateway", "14.1", "lessThan", "80.41")));

        Assert.Contains(import.Skipped, s => s.Contains("the higher counts", StringComparison.Ordinal));
        Assert.Equal(Verdict.Affected, VerdictOf("14.1-80.40", "CVE-2026-99031"));
    }

    [Fact]
    public void A_record_without_the_validated_branches_takes_nothing_from_the_catalogue()
    {
        Assert.Empty(Import(Record("CVE-2025-5777", ("NetScaler", "NetScaler ADC", "14.1", "lessThan", "43.56"), ("NetScaler", "NetScaler ADC", "13.1", "lessThan", "58.32"))).Conflicts);
        Assert.Equal(Verdict.Fixed, VerdictOf("13.1-37.235", "CVE-2025-5777"));
        Assert.Equal(Verdict.Affected, VerdictOf("13.1-37.234", "CVE-2025-5777"));
    }

    [Fact]
    public void Hostile_text_is_harmless_wherever_it_is_shown()
    {
        const string Hostile = "\\u001b]0;x\\u0007\\u001b[2J\\u202egnp";
        var import = Import(Csaf().Replace("Kwetsbaarheden verholpen in NetScaler", Hostile, StringComparison.Ordinal).Replace("NCSC-2026-0999", "NCSC" + Hostile, StringComparison.Ordinal).Replace("vers:unknown/*", Hostile, StringComparison.Ordinal));

        var shown = import.Title + import.Id + import.StoredAs + string.Join(" ", import.Skipped) + string.Join(" ", import.Conflicts) + string.Concat(Catalogue().Advisories.Select(a => a.Id + a.Title)) + string.Concat(Rows("14.1-80.1").Select(v => v.Title + v.Reason + string.Concat(v.Conflicts)));
        Assert.DoesNotContain(shown, c => char.IsControl(c) || c == '\u202e');
    }

    [Theory]
    [InlineData("{\"14.1\":\"hello\"}")]
    [InlineData("{\"13.1\":\"14.1-80.1\"}")]
    [InlineData("{\"\\u001b[2J\":\"14.1-80.1\"}")]
    public void What_a_person_wrote_into_the_folder_is_checked_too(string builds)
    {
        _folder.File("own.json", "{\"schema\":\"citrixops-imported-advisory/1\",\"kind\":\"Csaf\",\"id\":\"own\",\"cves\":[{\"id\":\"CVE-2026-99040\",\"fixed\":" + builds + "}]}");

        Assert.Equal(30, Catalogue().Advisories.Count);
        Assert.Equal("ImportBroken", Assert.Single(_problems.Ids));
    }

    private AdvisoryImport Import(string text, bool zip = false)
    {
        var memory = new MemoryStream();
        using (Stream into = zip ? new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true) : new BufferedStream(memory))
        {
            into.Write(Encoding.UTF8.GetBytes(text));
            into.Flush();
            return new AdvisoryImporter(Shipped, new AdvisoryFolder(_folder.Path), _problems, 1_000_000).Import(Closed(memory, into, zip), "test", Now, _ => true);
        }
    }

    private static MemoryStream Closed(MemoryStream memory, Stream into, bool zip)
    {
        if (zip)
        {
            into.Dispose();
        }

        return new MemoryStream(memory.ToArray());
    }

    private AdvisoryCatalogue Catalogue() => AdvisoryCatalogue.Load(Shipped, _problems, new AdvisoryFolder(_folder.Path));

    private Vulnerability[] Rows(string version)
    {
        Assert.True(VersionParser.TryParse(version, out var parsed, out _));
        return new PatchLevelAssessment(Catalogue()).Assess(parsed, NsConfiguration.Parse(new StringReader("add vpn vserver v SSL 203.0.113.1 443\n"))).Vulnerabilities.ToArray();
    }

    private Verdict VerdictOf(string version, string cve) => Rows(version).Single(v => v.Cve == cve).Verdict;

    private static string Record(string id, params (string Vendor, string Product, string Version, string Bound, string Value)[] affected) => new JObject
    {
        ["dataType"] = "CVE_RECORD",
        ["dataVersion"] = "5.1",
        ["cveMetadata"] = new JObject { ["cveId"] = id, ["state"] = "PUBLISHED", ["datePublished"] = "2026-11-20T10:00:00Z" },
        ["containers"] = new JObject
        {
            ["cna"] = new JObject
            {
                ["title"] = "test",
                ["affected"] = new JArray(affected.Select(a => new JObject { ["vendor"] = a.Vendor, ["product"] = a.Product, ["defaultStatus"] = "unaffected", ["versions"] = new JArray(new JObject { ["version"] = a.Version, ["status"] = "affected", [a.Bound] = a.Value, ["versionType"] = "patch" }) })),
            },
        },
    }.ToString();

    private static string Kev(params (string Cve, string Product, string Added, string Ransomware)[] entries) => new JObject
    {
        ["title"] = "Known exploited",
        ["catalogVersion"] = "2026.11.22",
        ["dateReleased"] = "2026-11-22T10:00:00Z",
        ["count"] = entries.Length,
        ["vulnerabilities"] = new JArray(entries.Select(e => new JObject { ["cveID"] = e.Cve, ["vendorProject"] = e.Product == "Log4j" ? "Apache" : "Citrix", ["product"] = e.Product, ["vulnerabilityName"] = "name", ["dateAdded"] = e.Added, ["knownRansomwareCampaignUse"] = e.Ransomware, ["forensicTriage"] = "new key" })),
    }.ToString();

    private static string Csaf()
    {
        JObject Leaf(string category, string name, string id) => new() { ["category"] = category, ["name"] = name, ["product"] = new JObject { ["name"] = name, ["product_id"] = id } };
        return new JObject
        {
            ["document"] = new JObject
            {
                ["category"] = "csaf_security_advisory",
                ["csaf_version"] = "2.0",
                ["publisher"] = new JObject { ["category"] = "coordinator", ["name"] = "A CERT", ["namespace"] = "https://cert.example" },
                ["title"] = "Kwetsbaarheden verholpen in NetScaler",
                ["tracking"] = new JObject { ["id"] = "NCSC-2026-0999", ["status"] = "final", ["version"] = "1.0.0", ["current_release_date"] = "2026-11-21T10:00:00Z", ["initial_release_date"] = "2026-11-21T10:00:00Z", ["revision_history"] = new JArray() },
            },
            ["product_tree"] = new JObject
            {
                ["branches"] = new JArray(new JObject
                {
                    ["category"] = "vendor",
                    ["name"] = "Citrix",
                    ["branches"] = new JArray(new JObject
                    {
                        ["category"] = "product_name",
                        ["name"] = "NetScaler ADC",
                        ["branches"] = new JArray(Leaf("product_version_range", "vers:generic/>=14.1|<14.1-80.1", "CSAFPID-1"), Leaf("product_version_range", "vers:unknown/*", "CSAFPID-2"), Leaf("product_version", "14.1-43.56", "CSAFPID-3")),
                    }),
                }),
            },
            ["vulnerabilities"] = new JArray(
                new JObject { ["cve"] = "CVE-2026-99010", ["product_status"] = new JObject { ["known_affected"] = new JArray("CSAFPID-1") }, ["scores"] = new JArray(new JObject { ["products"] = new JArray("CSAFPID-1"), ["cvss_v3"] = new JObject { ["version"] = "3.1", ["baseScore"] = 9.1 } }) },
                new JObject { ["cve"] = "CVE-2026-99011", ["product_status"] = new JObject { ["known_affected"] = new JArray("CSAFPID-2") } },
                new JObject { ["cve"] = "CVE-2025-5777", ["product_status"] = new JObject { ["known_affected"] = new JArray("CSAFPID-2"), ["first_fixed"] = new JArray("CSAFPID-3") } }),
        }.ToString();
    }
}
