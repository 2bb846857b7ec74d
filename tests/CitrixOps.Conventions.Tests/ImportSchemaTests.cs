using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Advisories.Importing;
using CitrixOps.Errors;
using NJsonSchema;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>What an import leaves in the folder follows the schema that people who write there by hand go by.</summary>
public sealed class ImportSchemaTests
{
    [Theory]
    [InlineData("{\"dataType\":\"CVE_RECORD\",\"dataVersion\":\"5.1\",\"cveMetadata\":{\"cveId\":\"CVE-2026-99001\",\"state\":\"PUBLISHED\",\"datePublished\":\"2026-11-20T10:00:00Z\"},\"containers\":{\"cna\":{\"title\":\"t\",\"metrics\":[{\"cvssV4_0\":{\"baseScore\":9.3}}],\"affected\":[{\"vendor\":\"NetScaler\",\"product\":\"ADC\",\"versions\":[{\"version\":\"14.1\",\"status\":\"affected\",\"lessThan\":\"80.1\"},{\"version\":\"13.1-FIPS\",\"status\":\"affected\",\"lessThanOrEqual\":\"37.400\"},{\"version\":\"*\",\"status\":\"affected\"}]}]}}}")]
    [InlineData("{\"title\":\"KEV\",\"catalogVersion\":\"2026.11.22\",\"dateReleased\":\"2026-11-22\",\"count\":1,\"vulnerabilities\":[{\"cveID\":\"CVE-2025-12101\",\"vendorProject\":\"Citrix\",\"product\":\"NetScaler\",\"vulnerabilityName\":\"n\",\"dateAdded\":\"2026-11-20\",\"knownRansomwareCampaignUse\":\"Known\"}]}")]
    [InlineData("#model_version:v1,score_date:2026-11-24T00:00:00Z\ncve,epss,percentile\nCVE-2025-7775,0.47837,0.97647\n")]
    public async Task A_stored_import_is_valid(string document)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        try
        {
            using var content = new MemoryStream(Encoding.UTF8.GetBytes(document));
            var import = new AdvisoryImporter(Path.Combine(Repository.Root, "module", "data", "advisories"), new AdvisoryFolder(folder), new Strict()).Import(content, "test", DateTimeOffset.UtcNow, _ => true);

            var schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "module", "data", "schemas", "imported-advisory.schema.json"));
            Assert.Empty(schema.Validate(File.ReadAllText(import.StoredAs!)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task What_the_schema_refuses_is_refused()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "module", "data", "schemas", "imported-advisory.schema.json"));

        Assert.NotEmpty(schema.Validate("{\"schema\":\"citrixops-imported-advisory/1\",\"kind\":\"Csaf\",\"id\":\"own\",\"cves\":[{\"id\":\"CVE-2026-99040\",\"fixed\":{\"14.1\":\"hello\"}}]}"));
    }

    private sealed class Strict : IProblemSink
    {
        public void Report(Problem problem) => throw new CitrixOpsException(problem);
    }
}
