using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// The times of the files that the web server gives out. A build or a theme writes many within a minute, and that is no finding; a file
/// or three of a minute of their own, newer than the rest of their area, are a lead.
/// </summary>
internal sealed class NewFiles : LogObserver
{
    private const int AreaNeeds = 20;
    private const int Lone = 3;
    private const int MostMinutes = 200_000;
    private const int MostLeads = 50;
    private static readonly string[] Areas = { "/netscaler/ns_gui/", "/var/netscaler/gui/", "/var/netscaler/logon/", "/netscaler/portal/", "/var/vpn/" };

    // written by the gateway for its users
    private static readonly string[] Written = { "/var/vpn/bookmark/", "/var/vpn/sessions/" };

    private readonly SearchWindow _window;
    private readonly Dictionary<(string Node, string Area), Area> _areas = new();

    public NewFiles(SearchWindow window) => _window = window;

    public override bool Reads(string logType) => false;

    public override bool Wants(ReadOnlySpan<byte> line) => false;

    public override void Observe(LogRecord record, in LineContext context)
    {
    }

    public override void See(ApplianceFile file, ApplianceFacts facts)
    {
        if (file.AppliancePath is not { } path || file.Modified is not { } modified || file.IsFolder || Array.Find(Areas, a => path.StartsWith(a, StringComparison.Ordinal)) is not { } name
            || Array.Exists(Written, w => path.StartsWith(w, StringComparison.Ordinal)))
        {
            return;
        }

        if (!_areas.TryGetValue((facts.Node, name), out var area))
        {
            _areas[(facts.Node, name)] = area = new Area();
        }

        area.Add(file, path, modified);
    }

    public override void Complete(HuntContext hunt)
    {
        foreach (var (key, area) in _areas.OrderBy(a => a.Key.Node, StringComparer.Ordinal).ThenBy(a => a.Key.Area, StringComparer.Ordinal).Select(a => (a.Key, a.Value)))
        {
            var leads = area.Files < AreaNeeds ? new List<(ApplianceFile, string, DateTimeOffset)>() : area.Newest().Where(f => _window.Contains(f.Modified)).GroupBy(f => f.Path, StringComparer.Ordinal).Select(g => g.First()).ToList();
            foreach (var (file, path, modified) in leads.Take(MostLeads))
            {
                var evidence = new Evidence(file, key.Node, 0, modified, file.HasContent ? TimeTrust.Stated : TimeTrust.ZoneInferred, FormattableString.Invariant($"{path} ({file.Length} bytes)"));
                hunt.Collector.Conclude(TraceHeuristics.NewFile, evidence, null, FormattableString.Invariant($"Changed {modified:yyyy-MM-dd HH:mm}Z, alone, and newer than nine of ten of the {area.Files} files below {key.Area}."), key.Node + "\0" + path);
            }

            hunt.Collector.Exclude("further files newer than the rest of the web folders, not listed", Math.Max(0, leads.Count - MostLeads));
        }
    }

    // by minute, for that is what a listing tells
    private sealed class Area
    {
        private readonly Dictionary<long, (int Count, List<(ApplianceFile File, string Path, DateTimeOffset Modified)> First)> _minutes = new();

        public int Files { get; private set; }

        public void Add(ApplianceFile file, string path, DateTimeOffset modified)
        {
            var minute = modified.UtcTicks / TimeSpan.TicksPerMinute;
            if (!_minutes.TryGetValue(minute, out var at))
            {
                if (_minutes.Count >= MostMinutes)
                {
                    return;
                }

                at = (0, new List<(ApplianceFile, string, DateTimeOffset)>());
            }

            // a bundle names a file twice: itself, and in the listing
            if (at.First.Exists(f => f.Path == path))
            {
                return;
            }

            if (at.First.Count <= Lone)
            {
                at.First.Add((file, path, modified));
            }

            Files++;
            _minutes[minute] = (at.Count + 1, at.First);
        }

        public IEnumerable<(ApplianceFile File, string Path, DateTimeOffset Modified)> Newest()
        {
            var older = 0;
            foreach (var (minute, at) in _minutes.OrderBy(m => m.Key).Select(m => (m.Key, m.Value)))
            {
                if (older * 10 >= Files * 9 && CountAt(minute - 1) + at.Count + CountAt(minute + 1) <= Lone)
                {
                    foreach (var file in at.First)
                    {
                        yield return file;
                    }
                }

                older += at.Count;
            }
        }

        private int CountAt(long minute) => _minutes.TryGetValue(minute, out var at) ? at.Count : 0;
    }
}
