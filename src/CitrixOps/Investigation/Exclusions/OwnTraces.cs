using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Matching;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>
/// What scanners and administrators leave, identified by what it is and not by who says so: an attacker can imitate a name, so only
/// what cannot be an attack by itself is left out, and what is left out is counted.
/// </summary>
internal sealed class OwnTraces
{
    private readonly List<CidrTest> _scanners;
    private readonly Administrators _administrators;

    /// <summary>Creates it.</summary>
    /// <param name="scanners">Addresses or networks that the caller scans from.</param>
    /// <param name="administrators">Who administers the gateway.</param>
    public OwnTraces(IEnumerable<string> scanners, Administrators administrators)
    {
        _scanners = scanners.Select(Network).OfType<CidrTest>().ToList();
        _administrators = administrators;
    }

    /// <summary>Whether a text is an address or a network.</summary>
    public static bool IsNetwork(string text) => Network(text) is not null;

    /// <summary>Why a match does not count, or null when it does.</summary>
    public string? ReasonOf(Indicator rule, LogRecord record)
    {
        if (record["command"] is { } command && record["user"] is { } user && user is not ("nobody" or "www" or "(null)") && record.LogType is LogTypes.Shell or LogTypes.Notice && SearchOnly.Is(command ?? ""))
        {
            return "shell commands that only look for something, as scanners for indicators and administrators do";
        }

        if (record["event"] == "CMD_EXECUTED" && record["Command"] is { } call && ReadsLogs(call))
        {
            return "readings of logs through the management interface, as this search does over a session";
        }

        if (record["event"] == "CMD_EXECUTED" && record["Command"] is { } change && rule.Grade == Grade.Pivot)
        {
            var from = SafeText.FromRecord(record["Remote_ip"] ?? "an unknown address", 64);
            if (OwnCommands.Is(change))
            {
                return $"commands of this module's closings and reopenings, from {from}";
            }

            if (_administrators.Given(from))
            {
                return "commands of administrators from the networks that were named";
            }
        }

        // an own scanner tries; what succeeds counts, whoever did it
        return rule.Outcome == Outcome.Attempt && record["c-ip"] is { } address && _scanners.Exists(s => s.Passes(address, null!))
            ? "attempts from your own scanner's addresses"
            : null;
    }

    // show system file bash.log -fileLocation "/var/log"
    private static bool ReadsLogs(string command) => command.StartsWith("show system", StringComparison.OrdinalIgnoreCase) && command.IndexOf("file", StringComparison.OrdinalIgnoreCase) > 0
        && (command.Contains("/var/log") || command.Contains("/var/nslog")) && !command.Contains("..") && command.IndexOf("outfile", StringComparison.OrdinalIgnoreCase) < 0;

    internal static CidrTest? Network(string text) => CidrTest.Parse(text.IndexOf('/') >= 0 ? text : text + (text.IndexOf(':') >= 0 ? "/128" : "/32"));
}
