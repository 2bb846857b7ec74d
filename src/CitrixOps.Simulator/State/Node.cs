using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.State;

/// <summary>One appliance: what runs, what is saved, its files, sessions and restart.</summary>
internal sealed class Node
{
    private static readonly JsonNode Yes = JsonValue.Create(true);
    private readonly HashSet<string> _changed = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset _bootedAt;
    private int _messages = 7000;
    private (TimeSpan Down, TimeSpan Starting, TimeSpan NoLogin) _boot;

    public Node(string name, string address, string version, VirtualClock clock)
    {
        Name = name;
        Address = address;
        Profile = new VersionProfile(version);
        NextBootVersion = version;
        Clock = clock;
        StartedAt = clock.Now - TimeSpan.FromDays(37);
        LastSaved = LastChanged = StartedAt;
    }

    public string Name { get; }

    /// <summary>The NSIP.</summary>
    public string Address { get; }

    public VersionProfile Profile { get; private set; }

    public string NextBootVersion { get; set; }

    public VirtualClock Clock { get; }

    public TimeSpan Skew { get; set; }

    public DateTimeOffset Now => Clock.Now + Skew;

    public Store Running { get; set; } = new();

    public Store Saved { get; set; } = new();

    public AdminSessions Sessions { get; } = new();

    public List<UserSession> Users { get; } = [];

    public FileTree Files { get; } = new();

    /// <summary>What hides clients in front of the gateway, or null.</summary>
    public Traffic.AddressTranslation? Translation { get; set; }

    public List<AppliedAcl> Acls { get; } = [];

    public NodeCounters Counters { get; } = new();

    public Faults.FaultPlan Faults { get; } = new();

    public bool IsPrimary { get; set; } = true;

    public bool Changed => _changed.Count > 0;

    public DateTimeOffset LastChanged { get; set; }

    public DateTimeOffset LastSaved { get; set; }

    public DateTimeOffset StartedAt { get; private set; }

    public DateTimeOffset BusySavingUntil { get; set; }

    public FileLimits FileLimits { get; set; } = new(16 << 20, BeyondCeiling.Truncated);

    /// <summary>Kills that are answered with 2653 before one works.</summary>
    public int KillsPending { get; set; }

    /// <summary>Fill of /flash and /var in percent.</summary>
    public (int Flash, int Var) DiskUse { get; set; } = (31, 44);

    /// <summary>True where the connection breaks when a restart is accepted, as on most builds.</summary>
    public bool DropsOnRestart { get; set; } = true;

    /// <summary>What public files of the build tell: the stamp of a language file and the hash in the logon page.</summary>
    public (uint Stamp, string PageHash) Fingerprint { get; set; } = (0, "");

    /// <summary>True where a secondary refuses changes with 368 instead of taking them with a warning.</summary>
    public bool RefusesAsSecondary { get; set; }

    /// <summary>True where errors come with status 200, as on old builds.</summary>
    public bool OldStatus { get; set; }

    /// <summary>Requests after which a connection is closed; 0 for no limit.</summary>
    public int RequestsPerConnection { get; set; }

    /// <summary>True where undoing a bulk command fails.</summary>
    public bool FailRollback { get; set; }

    /// <summary>Real time a save takes; another one meanwhile gets 293, on old builds 603.</summary>
    public TimeSpan SaveDuration { get; set; }

    /// <summary>Real time a support bundle takes.</summary>
    public TimeSpan SupportDuration { get; set; }

    public string HaSync { get; set; } = "ENABLED";

    public string HaPropagation { get; set; } = "ENABLED";

    public string HaStatus { get; set; } = "UP";

    public string? HaStay { get; set; }

    /// <summary>Real durations of the phases of a restart.</summary>
    public (TimeSpan Down, TimeSpan Starting, TimeSpan NoLogin) BootDurations { get; set; } = (TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200));

    public string HostName => Running.Rows("default", "nshostname") is [var row, ..] ? row.Text("hostname") ?? Name : Name;

    public TimeZoneInfo Zone => ZoneOf(Running.Single("default", "nsconfig").Text("timezone"));

    public BootPhase Phase
    {
        get
        {
            var since = Clock.Now - _bootedAt;
            return _bootedAt == default || since >= _boot.Down + _boot.Starting + _boot.NoLogin ? BootPhase.Up
                : since < _boot.Down ? BootPhase.Down : since < _boot.Down + _boot.Starting ? BootPhase.Starting : BootPhase.NoLogin;
        }
    }

    public string Time(DateTimeOffset instant) => VirtualClock.Text(instant, Zone);

    public int NextMessage() => ++_messages;

    /// <summary>Notes a change that is not saved.</summary>
    public void Touch(string partition = "default")
    {
        _changed.Add(partition);
        LastChanged = Now;
    }

    public bool HasChanged(string partition) => _changed.Contains(partition);

    /// <summary>Saves one partition, or all of them.</summary>
    public void Save(string? partition = null)
    {
        var saved = Running.Clone();
        if (partition is not null)
        {
            saved.Replace(Saved, p => p != partition);
        }

        foreach (var (kind, type) in saved.Kinds.Where(k => k.Type is "nsacl" or "nsacl6" && (partition is null || k.Partition == partition)).ToList())
        {
            foreach (var row in saved.Rows(kind, type))
            {
                row.Set("_applied", Acls.Any(a => a.Partition == kind && a.IsIPv6 == (type == "nsacl6") && a.Name == (row.Text("aclname") ?? row.Text("acl6name"))) ? Yes.DeepClone() : null);
            }
        }

        // what has a time to live is never written
        foreach (var kind in saved.Kinds.Where(k => k.Type is "nsacl" or "nsacl6" or "nssimpleacl" or "nssimpleacl6").ToList())
        {
            saved.Remove(kind.Partition, kind.Type, r => r.Has("ttl"));
        }

        Saved = saved;
        _changed.RemoveWhere(c => partition is null || c == partition);
        LastSaved = Now;
        WriteConfiguration(saved, Profile.Version);
    }

    // ns.conf, with the five before it
    private void WriteConfiguration(Store saved, string version)
    {
        const string Path = "/nsconfig/ns.conf";
        for (var number = 4; number >= 0; number--)
        {
            Files.Rename(number == 0 ? Path : $"{Path}.{number - 1}", $"{Path}.{number}");
        }

        var at = LastSaved;
        Files.Put(Path, [], at, live: () => Cli.RunningConfiguration.Text(this, saved, version, at));
    }

    /// <summary>Restarts: what was not saved is gone, sessions too, and the version on flash runs.</summary>
    public void Restart()
    {
        _bootedAt = Clock.Now;
        _boot = BootDurations;
        Running = Saved.Clone();
        Acls.Clear();
        foreach (var (partition, type) in Running.Kinds.Where(k => k.Type is "nsacl" or "nsacl6").ToList())
        {
            foreach (var row in Running.Rows(partition, type).Where(r => r.Flag("_applied")))
            {
                Acls.Add(new AppliedAcl { Name = row.Text("aclname") ?? row.Text("acl6name")!, Row = row.Clone(), Partition = partition, IsIPv6 = type == "nsacl6" });
            }
        }

        Sessions.Clear();
        Users.Clear();
        _changed.Clear();
        StartedAt = Now;
        if (NextBootVersion != Profile.Version)
        {
            Profile = new VersionProfile(NextBootVersion);
        }
    }

    /// <summary>ACLs whose time to live ended go by themselves.</summary>
    public void ExpireAcls()
    {
        foreach (var gone in Acls.Where(a => a.Expires <= Now).ToList())
        {
            Acls.Remove(gone);
            Running.Remove(gone.Partition, gone.IsIPv6 ? "nsacl6" : "nsacl", r => r.Is(gone.IsIPv6 ? "acl6name" : "aclname", gone.Name));
        }
    }

    private static TimeZoneInfo ZoneOf(string? name)
    {
        // GMT+01:00-CET-Europe/Amsterdam
        var id = name is null || name.StartsWith("Coordinated", StringComparison.Ordinal) ? "UTC" : name[(name.LastIndexOf('-') + 1)..];
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Address} {Profile.Version}");
}
