using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Errors;
using Newtonsoft.Json;

namespace CitrixOps.Advisories.Importing;

/// <summary>The folder where imported documents are kept, reduced to what concerns gateways: the user's own, or a given one.</summary>
public sealed class AdvisoryFolder
{
    private const long LargestFile = 64 << 20;
    private const int MostFiles = 5_000;
    private static readonly JsonSerializerSettings Settings = new() { MaxDepth = 16, NullValueHandling = NullValueHandling.Ignore, Formatting = Formatting.Indented, DateTimeZoneHandling = DateTimeZoneHandling.Utc };

    /// <summary>Names a folder; it need not exist.</summary>
    /// <param name="path">The folder.</param>
    public AdvisoryFolder(string path) => Path = path ?? throw new ArgumentNullException(nameof(path));

    /// <summary>The folder of the user who runs this.</summary>
    public static AdvisoryFolder OfUser => new(System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "CitrixOps", "advisories"));

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Reads what is kept. A file that cannot be read is reported and left out.</summary>
    internal IReadOnlyList<(string File, ImportedAdvisory Advisory)> Read(IProblemSink problems)
    {
        var read = new List<(string, ImportedAdvisory)>();
        if (!Directory.Exists(Path))
        {
            return read;
        }

        foreach (var file in Directory.EnumerateFiles(Path, "*.json").OrderBy(f => f, StringComparer.Ordinal).Take(MostFiles))
        {
            try
            {
                read.Add((file, Read(file)));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
            {
                problems.Report(new Problem("ImportBroken", ErrorKind.InvalidData, $"'{System.IO.Path.GetFileName(file)}' is no imported advisory: {e.Message}", file, "Remove it and import the document again; the others are used."));
            }
        }

        return read.OrderBy(r => r.Item2.Kind).ThenBy(r => r.Item2.Date).ToArray();
    }

    /// <summary>The file an advisory is kept in.</summary>
    internal string FileOf(ImportedAdvisory advisory)
    {
        // one file for each catalogue, whatever its day; identifiers come from others and are never paths
        var name = advisory.Kind switch
        {
            DocumentKind.Kev => "kev",
            DocumentKind.Epss => "epss",
            _ => new string(advisory.Id.ToLowerInvariant().Select(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' ? c : '-').Take(80).ToArray()),
        };
        return System.IO.Path.Combine(Path, (advisory.Kind == DocumentKind.Csaf ? "csaf-" : "") + name + ".json");
    }

    /// <summary>What is kept in a file, or null.</summary>
    internal static ImportedAdvisory? TryRead(string file)
    {
        try
        {
            return File.Exists(file) ? Read(file) : null;
        }
        catch (JsonException)
        {
            // a broken one is replaced
            return null;
        }
    }

    /// <summary>Keeps an advisory: written whole or not at all.</summary>
    internal string Write(ImportedAdvisory advisory)
    {
        Directory.CreateDirectory(Path);
        var file = FileOf(advisory);
        var draft = file + "." + Guid.NewGuid().ToString("N") + ".tmp";
        File.WriteAllText(draft, JsonConvert.SerializeObject(advisory, Settings));
        if (File.Exists(file))
        {
            File.Replace(draft, file, null);
        }
        else
        {
            File.Move(draft, file);
        }

        return file;
    }

    private static ImportedAdvisory Read(string file)
    {
        if (new FileInfo(file).Length > LargestFile)
        {
            throw new JsonSerializationException("it is too large");
        }

        var advisory = JsonConvert.DeserializeObject<ImportedAdvisory>(File.ReadAllText(file), Settings) ?? throw new JsonSerializationException("it is empty");
        if (advisory.Schema != ImportedAdvisory.SchemaName)
        {
            throw new JsonSerializationException("it is of another version");
        }

        // a person may have written it
        advisory.Id = Safe(advisory.Id);
        advisory.Title = Safe(advisory.Title);
        advisory.Source = Safe(advisory.Source);
        foreach (var entry in advisory.Cves)
        {
            entry.Id = Field.Cve(entry.Id);
            entry.Title = Safe(entry.Title);
            entry.Ransomware = entry.Ransomware is null ? null : Safe(entry.Ransomware);
            Builds(entry.Id, entry.Fixed);
            Builds(entry.Id, entry.LastAffected);
        }

        return advisory;
    }

    private static string Safe(string? text) => Investigation.SafeText.FromText(text ?? "", 300);

    private static void Builds(string cve, IEnumerable<KeyValuePair<string, string>> builds)
    {
        foreach (var (branch, build) in builds.Select(b => (b.Key, b.Value)))
        {
            if (!VersionParser.TryParse(build, out var version, out _) || !(branch == version!.Branch || branch == version.Branch + "-FIPS" || branch == version.Branch + "-NDcPP"))
            {
                throw new JsonSerializationException($"{cve}: '{Safe(build)}' is no build of the branch '{Safe(branch)}'");
            }
        }
    }
}
