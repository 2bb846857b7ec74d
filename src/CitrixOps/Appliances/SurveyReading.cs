using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Appliances.Sources;

namespace CitrixOps.Appliances;

/// <summary>The state of one survey: which files it wants, what they said.</summary>
internal sealed class SurveyReading
{
    private const int HeadLength = 4096;
    private const int LongestText = 64 << 20;

    private readonly ApplianceSource _source;
    private readonly List<VersionObservation> _versions = new();
    private readonly List<(ApplianceFile File, NsConfiguration Configuration)> _configurations = new();
    private readonly List<(string Partition, NsConfiguration Configuration)> _partitions = new();
    private string? _hostName;
    private DateTimeOffset? _collectedAt;

    public SurveyReading(ApplianceSource source) => _source = source;

    /// <summary>Loose files that are neither a configuration nor, by their names, a log.</summary>
    public List<string> Unrecognised { get; } = new();

    /// <summary>Whether the date of a bundle was read.</summary>
    public bool HasDate => _collectedAt is not null;

    public static bool Wants(ApplianceFile file)
    {
        var path = file.AppliancePath ?? "/" + file.Name;
        if (path.StartsWith("/flash/ns-", StringComparison.Ordinal) && file.Name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return false;
        }

        return file.HasContent && (IsConfiguration(path) || PartitionOf(path) is not null || path is "/shell/showcmds.txt" or "/shell/sysctl-a.out" or "/shell/date.out"
            or "/flash/boot/loader.conf" or "/boot/loader.conf" or "/flash/.version" || (file.AppliancePath is null && file.Length <= LongestText && Logs.LogFormats.ByName(file.Name) is null));
    }

    public void Read(ApplianceFile file)
    {
        var path = file.AppliancePath ?? "/" + file.Name;
        using var stream = file.OpenRead();
        using var reader = new StreamReader(new BoundedStream(stream, LongestText), Encoding.UTF8);
        switch (path)
        {
            case "/shell/showcmds.txt":
                ShowCommands(reader, path);
                break;
            case "/shell/sysctl-a.out":
                Lines(reader, ("netscaler.version:", VersionRole.Running), ("kern.bootfile:", VersionRole.Running), path);
                break;
            case "/shell/date.out":
                _collectedAt = SurveyTime.Of(reader.ReadLine()) ?? _collectedAt;
                break;
            case "/flash/boot/loader.conf":
            case "/boot/loader.conf":
                Lines(reader, ("kernel=", VersionRole.NextBoot), ("kernel =", VersionRole.NextBoot), path);
                break;
            case "/flash/.version":
                Observe(BoundedLine.Read(reader, HeadLength), VersionRole.NextBoot, path);
                break;
            default:
                Configuration(file, reader);
                break;
        }
    }

    public IReadOnlyList<ApplianceFacts> Complete()
    {
        var bundle = BundleName.Parse(_source.Path);
        var collected = _collectedAt ?? bundle?.CollectedAt;
        if (_source.Kind == SourceKind.LooseFiles && _configurations.Count > 0)
        {
            return _configurations.Select(c => Facts(c.Configuration, new[] { c }, collected, bundle, System.IO.Path.GetFileName(c.File.SourcePath))).ToArray();
        }

        // the running configuration tells best, then the newest saved one
        var best = _configurations.OrderByDescending(c => c.File.Name.StartsWith("ns_running", StringComparison.Ordinal))
            .ThenByDescending(c => c.File.Name == "ns.conf").ThenByDescending(c => c.File.Modified ?? DateTimeOffset.MinValue).Select(c => c.Configuration).FirstOrDefault();
        best = best is null ? null : _partitions.Where(p => best.MissingPartitions.Contains(p.Partition, StringComparer.OrdinalIgnoreCase)).Aggregate(best, (all, p) => all.With(p.Partition, p.Configuration));
        var saved = _configurations.Where(c => !c.File.Name.StartsWith("ns_running", StringComparison.Ordinal)).OrderByDescending(c => c.File.Name == "ns.conf").ThenByDescending(c => c.File.Modified ?? DateTimeOffset.MinValue).Take(1);
        return new[] { Facts(best, saved, collected, bundle, System.IO.Path.GetFileName(_source.Path.TrimEnd('/', '\\'))) };
    }

    private ApplianceFacts Facts(NsConfiguration? configuration, IEnumerable<(ApplianceFile File, NsConfiguration Configuration)> saved, DateTimeOffset? collected, BundleName? bundle, string name)
    {
        var host = configuration?.HostName ?? _hostName;
        var nsip = configuration?.Nsip ?? bundle?.Nsip;
        var versions = _versions.Concat(saved.Where(s => s.Configuration.Head is not null)
            .Select(s => new VersionObservation(s.Configuration.Head!, VersionRole.SavedBy, s.File.AppliancePath ?? s.File.Name))).ToArray();
        return new ApplianceFacts
        {
            Gateway = Investigation.SafeText.FromText(host ?? nsip ?? name, 120),
            Node = Investigation.SafeText.FromText(nsip ?? host ?? name, 120),
            HostName = host,
            Nsip = nsip,
            PeerAddress = configuration?.PeerAddress,
            TimeZone = configuration?.TimeZone,
            CollectedAt = collected,
            Versions = versions,
            Configuration = configuration,
        };
    }

    private static bool IsConfiguration(string path) => path is "/nsconfig/ns.conf" or "/flash/nsconfig/ns.conf" or "/shell/ns_running_config.conf"
        || ((path.StartsWith("/nsconfig/ns.conf.", StringComparison.Ordinal) || path.StartsWith("/flash/nsconfig/ns.conf.", StringComparison.Ordinal)) && !path.EndsWith("-", StringComparison.Ordinal));

    // /nsconfig/partitions/<name>/ns.conf
    private static string? PartitionOf(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 4 && parts[parts.Length - 1] == "ns.conf" && parts[parts.Length - 3] == "partitions" && parts[parts.Length - 4] == "nsconfig" ? parts[parts.Length - 2] : null;
    }

    // a loose file of any name whose first lines are a configuration
    private void Configuration(ApplianceFile file, StreamReader reader)
    {
        if (PartitionOf(file.AppliancePath ?? "") is { } partition)
        {
            _partitions.Add((partition, NsConfiguration.Parse(reader)));
            return;
        }

        if (file.AppliancePath is not null)
        {
            _configurations.Add((file, NsConfiguration.Parse(reader)));
            return;
        }

        var buffer = new char[HeadLength];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        var head = new string(buffer, 0, length);
        if (!NsConfiguration.LooksLike(head))
        {
            Unrecognised.Add(file.ToString());
            return;
        }

        using var whole = new StringReader(head + reader.ReadToEnd());
        _configurations.Add((file, NsConfiguration.Parse(whole)));
    }

    private void ShowCommands(TextReader reader, string path)
    {
        var command = "";
        while (BoundedLine.Read(reader, HeadLength) is { } line)
        {
            var text = line.Trim();
            if (text.StartsWith("exec: ", StringComparison.Ordinal))
            {
                command = text.Substring(6);
            }
            else if (command == "show ns version" && text.IndexOf("Build", StringComparison.Ordinal) > 0)
            {
                Observe(text, VersionRole.Running, path);
            }
            else if (command == "show ns hostName" && text.StartsWith("Hostname:", StringComparison.OrdinalIgnoreCase))
            {
                _hostName = text.Substring(9).Trim();
            }
        }
    }

    private void Lines(TextReader reader, (string Start, VersionRole Role) first, (string Start, VersionRole Role) second, string path)
    {
        while (BoundedLine.Read(reader, HeadLength) is { } line)
        {
            foreach (var (start, role) in new[] { first, second })
            {
                if (line.TrimStart().StartsWith(start, StringComparison.Ordinal))
                {
                    Observe(line.Trim().Substring(start.Length).Trim(), role, path);
                }
            }
        }
    }

    private void Observe(string? text, VersionRole role, string path)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _versions.Add(new VersionObservation(Investigation.SafeText.FromText(text!, 200), role, path.TrimStart('/')));
        }
    }
}
