using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using CitrixOps.Appliances.Sources;
using CitrixOps.Investigation.Sessions;
using CitrixOps.Logs;
using CitrixOps.Logs.Formats;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Access.Sessions;

/// <summary>Who logged on and who started an application, and did not end it, from a node's ns.log and those turned over, newest first.</summary>
internal sealed class LogonLog
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);
    private static readonly byte[][] Words = new[] { " LOGIN ", " LOGOUT ", " ICASTART ", " ICAEND" }.Select(Latin1.GetBytes).ToArray();
    private readonly NsLog _format = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Entry>> _byUser = new(StringComparer.Ordinal);

    /// <summary>The first time in what was read, UTC; null where nothing was.</summary>
    public DateTimeOffset? Begins { get; private set; }

    /// <summary>Reads a file that is older than those read before.</summary>
    /// <param name="content">Its bytes, compressed where its name says so.</param>
    /// <param name="name">Its name.</param>
    /// <param name="zone">The zone of stamps that state none.</param>
    /// <param name="writtenAt">When it was last written.</param>
    public void Read(byte[] content, string name, TimeZoneInfo? zone, DateTimeOffset? writtenAt)
    {
        Stream stream = new MemoryStream(content, writable: false);
        using var lines = new LogLineReader(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GzipContent(stream, name, new ReadLimits()) : stream, name);
        var times = new TimeResolver(zone, writtenAt);
        var record = new LogRecord();

        // by session: null where it ended, for the later record of a number counts
        var here = new Dictionary<string, Entry?>(StringComparer.Ordinal);
        var isFirst = true;
        while (lines.Next())
        {
            var wanted = IsWanted(lines.Line);
            if ((!wanted && !isFirst) || !_format.TryReadStamp(lines.Line, out var stamp) || !times.TryResolve(stamp, out var time, out _))
            {
                continue;
            }

            isFirst = false;
            Begins = Begins is { } first && first < time ? first : time;
            if (wanted)
            {
                record.Reset(LogTypes.NsLog, Latin1.GetString(lines.Line.ToArray()));
                _format.Parse(record);
                Take(record, time, here);
            }
        }

        // what a newer file knows of a number counts more
        foreach (var (id, entry) in here.Select(h => (h.Key, h.Value)).Where(h => _known.Add(h.Key)))
        {
            if (entry is not null)
            {
                var key = Bare(entry.User);
                (_byUser.TryGetValue(key, out var list) ? list : _byUser[key] = new List<Entry>()).Add(entry);
            }
        }
    }

    /// <summary>The logons of a user from an address that did not end, newest first.</summary>
    public IReadOnlyList<DateTimeOffset> Logons(string user, string address) => Of(user).Where(e => !e.IsIca && IsAt(e, address)).Select(e => e.Time).OrderByDescending(t => t).ToArray();

    /// <summary>The start of an ICA connection, known by where it comes from, or null.</summary>
    public DateTimeOffset? Start(UserSession session) => Of(session.UserName).Concat(Of("")).Where(e => e.IsIca && e.Port == session.SourcePort && IsAt(e, session.SourceAddress)).Select(e => (DateTimeOffset?)e.Time).Max();

    private static void Take(LogRecord record, DateTimeOffset time, Dictionary<string, Entry?> here)
    {
        if (!SessionEvent.TryRead(record, out var what))
        {
            return;
        }

        var isIca = what.Event.StartsWith("ICA", StringComparison.Ordinal);
        var id = isIca ? "ica " + (record["connectionId"] ?? record["Source"]) : what.SessionId + "@" + what.User;
        switch (what.Event)
        {
            case "LOGIN":
            case "ICASTART":
                var forwarded = (record["X-Forwarded-For_ip"] ?? "").Split(',')[0].Trim();
                here[id] = new Entry(time, what.User, isIca, Address(isIca ? record["source-ip"] : record["Client_ip"] ?? record["context-ip"]), Address(forwarded), int.TryParse(record["source-port"], out var port) ? port : 0);
                break;
            case "LOGOUT":
            case "ICAEND_CONNSTAT":
                here[id] = null;
                break;
        }
    }

    private IEnumerable<Entry> Of(string user) => _byUser.TryGetValue(Bare(user), out var list) ? list.Where(e => Same(e.User, user)) : Array.Empty<Entry>();

    private static bool IsAt(Entry entry, string address) => IPAddress.TryParse(address, out var at) && (at.Equals(entry.Address) || at.Equals(entry.Forwarded));

    private static IPAddress? Address(string? text) => IPAddress.TryParse(text, out var address) ? address : null;

    // one of the two names may carry its domain, not both
    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase) || (a.IndexOf('@') < 0) != (b.IndexOf('@') < 0);

    private static string Bare(string user) => user.Split('@')[0].ToLowerInvariant();

    private static bool IsWanted(ReadOnlySpan<byte> line)
    {
        foreach (var word in Words)
        {
            if (line.IndexOf(word) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Entry(DateTimeOffset Time, string User, bool IsIca, IPAddress? Address, IPAddress? Forwarded, int Port);
}
