using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Hosting;

/// <summary>A node as tests and rehearsals see it: where it is, what it was asked, and what can be made to go wrong.</summary>
public sealed class NodeControl
{
    private readonly Pair _pair;
    private readonly NodeServer _server;
    private readonly int _port;

    internal NodeControl(Pair pair, NodeServer server, int port)
    {
        _pair = pair;
        _server = server;
        _port = port;
    }

    /// <summary>The management address.</summary>
    public Uri Uri => new($"https://{_server.Node.Address}:{_port}/");

    /// <summary>The NSIP.</summary>
    public string Address => _server.Node.Address;

    /// <summary>The certificate's SHA-256.</summary>
    public string Thumbprint => _server.Thumbprint;

    /// <summary>The build that runs.</summary>
    public string Version => _server.Node.Profile.Version;

    /// <summary>True where it is the primary.</summary>
    public bool IsPrimary => _server.Node.IsPrimary;

    /// <summary>What it was asked.</summary>
    public NodeCounters Counters => _server.Node.Counters;

    /// <summary>What goes wrong.</summary>
    public FaultPlan Faults => _server.Node.Faults;

    /// <summary>Sessions of administrators that are open.</summary>
    public int OpenSessions => Locked(n => n.Sessions.All.Count);

    /// <summary>Sessions of administrators that nobody logged out or killed: open ones, and those that expired.</summary>
    public int LeakedSessions => Locked(n => n.Sessions.Leaked(n.Now));

    /// <summary>Sessions of administrators that were ever opened.</summary>
    public int SessionsOpened => Locked(n => n.Sessions.Opened);

    /// <summary>The most sessions that were open at one time.</summary>
    public int PeakSessions => Locked(n => n.Sessions.Peak);

    /// <summary>Sessions the box has at most.</summary>
    public int MaximumSessions
    {
        get => Locked(n => n.Sessions.MaximumClients);
        set => Locked(n => n.Sessions.MaximumClients = value);
    }

    /// <summary>Users' sessions of all kinds.</summary>
    public int UserSessions => Locked(n => n.Users.Count);

    /// <summary>Users' sessions whose connection is not cut.</summary>
    public int ConnectedUsers => Locked(n => n.Users.Count(u => u.IsConnected));

    /// <summary>Takes over the users' sessions of another node of the pair, which has them still.</summary>
    /// <param name="other">The other node.</param>
    public void TakeUserSessions(NodeControl other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Locked(n => n.Users.AddRange(other._server.Node.Users));
    }

    /// <summary>Lines that requests added to the logs.</summary>
    public long LogLinesAdded => Locked(n => n.Files.LinesAdded);

    /// <summary>The running configuration as text.</summary>
    public string RunningConfiguration => Locked(n => Cli.RunningConfiguration.Text(n, n.Running));

    /// <summary>The saved configuration as text.</summary>
    public string SavedConfiguration => Locked(n => Cli.RunningConfiguration.Text(n, n.Saved));

    /// <summary>True where the running configuration differs from the saved one.</summary>
    public bool HasUnsavedChanges => Locked(n => n.Changed);

    /// <summary>True where a secondary refuses changes (368) instead of taking them with warning 1028.</summary>
    public bool RefusesAsSecondary
    {
        get => Locked(n => n.RefusesAsSecondary);
        set => Locked(n => n.RefusesAsSecondary = value);
    }

    /// <summary>True where undoing a bulk command fails (1241).</summary>
    public bool FailRollback
    {
        get => Locked(n => n.FailRollback);
        set => Locked(n => n.FailRollback = value);
    }

    /// <summary>True where errors come with HTTP status 200, as on old builds.</summary>
    public bool OldStatus
    {
        get => Locked(n => n.OldStatus);
        set => Locked(n => n.OldStatus = value);
    }

    /// <summary>Requests after which a connection is closed; 0 for no limit.</summary>
    public int RequestsPerConnection
    {
        get => Locked(n => n.RequestsPerConnection);
        set => Locked(n => n.RequestsPerConnection = value);
    }

    /// <summary>Time a save takes; another one meanwhile gets 293, on 12.1 603.</summary>
    public TimeSpan SaveDuration
    {
        get => Locked(n => n.SaveDuration);
        set => Locked(n => n.SaveDuration = value);
    }

    /// <summary>Time a support bundle takes.</summary>
    public TimeSpan SupportDuration
    {
        get => Locked(n => n.SupportDuration);
        set => Locked(n => n.SupportDuration = value);
    }

    /// <summary>Adds a line to a log, as the system would.</summary>
    /// <param name="path">The log.</param>
    /// <param name="line">The line.</param>
    public void AppendLine(string path, string line) => Locked(n => n.Files.Append(path, line, n.Now, own: false));

    /// <summary>Ends every administrator's session.</summary>
    public void KillSessions() => Locked(n => n.Sessions.Clear());

    /// <summary>Saves the configuration of all partitions, as another administrator would.</summary>
    public void SaveConfiguration() => Locked(n => n.Save());

    /// <summary>Gives the node another certificate.</summary>
    public void ChangeCertificate() => _server.ChangeCertificate();

    /// <summary>Sets the clock apart from the pair's.</summary>
    /// <param name="skew">By how much.</param>
    public void SetSkew(TimeSpan skew) => Locked(n => n.Skew = skew);

    /// <summary>Restarts the node.</summary>
    /// <param name="down">How long nothing answers.</param>
    public void Restart(TimeSpan down) => Locked(n =>
    {
        n.BootDurations = (down, n.BootDurations.Starting, n.BootDurations.NoLogin);
        _pair.Restart(n);
        return true;
    });

    /// <summary>How long each phase of a restart takes: nothing answers, 503, no logins.</summary>
    public TimeSpan BootPhaseDuration
    {
        get => Locked(n => n.BootDurations.Down);
        set => Locked(n => n.BootDurations = (value, value, value));
    }

    /// <summary>Sets the largest file that can be read over NITRO.</summary>
    /// <param name="limits">The limits.</param>
    public void LimitFiles(FileLimits limits) => Locked(n => n.FileLimits = limits);

    /// <summary>Makes the next kills of users' sessions wait.</summary>
    /// <param name="number">How many.</param>
    public void DelayKills(int number) => Locked(n => n.KillsPending = number);

    /// <summary>Sets how HA synchronisation and propagation stand.</summary>
    /// <param name="sync">ENABLED, SUCCESS, FAILED, DISABLED.</param>
    /// <param name="propagation">ENABLED or DISABLED.</param>
    public void SetHa(string sync, string propagation) => Locked(n => (n.HaSync, n.HaPropagation) = (sync, propagation));

    /// <summary>Fill of /flash and /var in percent.</summary>
    /// <param name="flash">/flash.</param>
    /// <param name="var">/var.</param>
    public void SetDiskUse(int flash, int var) => Locked(n => n.DiskUse = (flash, var));

    /// <summary>Sets the size at which ns.log is turned over, also while it is being read.</summary>
    /// <param name="bytes">The size; 0 for never.</param>
    public void RotateLogsAt(int bytes) => Locked(n => n.Files.RotateAt = bytes);

    /// <summary>Puts a file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">Its content.</param>
    /// <param name="modified">Its time; null for now.</param>
    public void PutFile(string path, byte[] content, DateTimeOffset? modified = null) => Locked(n => n.Files.Put(path, content, modified ?? n.Now));

    /// <summary>The content of a file, or null.</summary>
    /// <param name="path">Where.</param>
    public byte[]? ReadFile(string path) => Locked(n => n.Files.Find(path)?.Read());

    /// <summary>The paths of all files.</summary>
    public IReadOnlyList<string> Files() => Locked(n => n.Files.All.Where(f => !f.IsFolder).Select(f => f.Path).Order(StringComparer.Ordinal).ToList());

    /// <summary>The text of a log.</summary>
    /// <param name="path">Where.</param>
    public string ReadText(string path) => Encoding.UTF8.GetString(ReadFile(path) ?? []);

    /// <summary>Puts an object into the running configuration, as another administrator would.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="properties">Its properties.</param>
    /// <param name="partition">The partition.</param>
    public void Put(string type, IReadOnlyDictionary<string, string> properties, string partition = "default") => Locked(n =>
    {
        var row = new Row().Set("_health", "UP");
        foreach (var (name, value) in properties)
        {
            row.Set(name, JsonValue.Create(value));
        }

        n.Running.Add(partition, type, row);
        n.Touch(partition);
        return true;
    });

    /// <summary>The objects of a type in the running configuration, as name and value.</summary>
    /// <param name="type">The resource type.</param>
    /// <param name="partition">The partition.</param>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Objects(string type, string partition = "default") =>
        Locked(n => n.Running.Rows(partition, type).Select(r => (IReadOnlyDictionary<string, string>)r.Values.ToDictionary(v => v.Key, v => Row.Plain(v.Value))).ToList());

    private T Locked<T>(Func<Node, T> read)
    {
        lock (_pair.Gate)
        {
            return read(_server.Node);
        }
    }

    private void Locked(Action<Node> write)
    {
        lock (_pair.Gate)
        {
            write(_server.Node);
        }
    }
}
