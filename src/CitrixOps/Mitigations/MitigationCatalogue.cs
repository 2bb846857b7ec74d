using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Errors;
using Newtonsoft.Json;

namespace CitrixOps.Mitigations;

/// <summary>The mitigations the data folder holds.</summary>
public sealed class MitigationCatalogue
{
    private static readonly JsonSerializerSettings Settings = new() { MaxDepth = 16, NullValueHandling = NullValueHandling.Ignore };

    private MitigationCatalogue(IReadOnlyList<Mitigation> all) => All = all;

    /// <summary>All of them, by identifier.</summary>
    public IReadOnlyList<Mitigation> All { get; }

    /// <summary>Loads them. A file that cannot be read is reported and left out.</summary>
    /// <param name="folder">The folder with one JSON file each.</param>
    /// <param name="problems">Where broken files are reported.</param>
    public static MitigationCatalogue Load(string folder, IProblemSink problems) =>
        new(Directory.EnumerateFiles(folder, "*.json").Where(f => Path.GetFileName(f)[0] != '_').Select(f => TryRead(f, problems)).OfType<Mitigation>().OrderBy(m => m.Id, StringComparer.Ordinal).ToArray());

    /// <summary>A mitigation by identifier, CVE or bulletin, or null.</summary>
    /// <param name="id">Any of them.</param>
    public Mitigation? Find(string id) => All.FirstOrDefault(m => Is(m.Id, id)) ?? All.FirstOrDefault(m => m.Cve.Any(c => Is(c, id))) ?? All.FirstOrDefault(m => Is(m.Bulletin, id));

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static Mitigation? TryRead(string file, IProblemSink problems)
    {
        try
        {
            return JsonConvert.DeserializeObject<Mitigation>(File.ReadAllText(file), Settings) ?? throw new JsonSerializationException("the file is empty");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Report(new Problem("MitigationBroken", ErrorKind.InvalidData, $"'{Path.GetFileName(file)}' describes no mitigation: {e.Message}", file, "Compare it with _template.json; the others are used."));
            return null;
        }
    }
}
