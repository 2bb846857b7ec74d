using System.Collections.Generic;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Heuristics;

/// <summary>Logs that were changed, and a gateway that talks inward: both support, and what one line after another says: none carries a verdict alone.</summary>
public static class TraceHeuristics
{
    /// <summary>Numbers of messages that are missing.</summary>
    public static Heuristic MissingNumbers { get; } = Define("tampering-message-numbers", "Numbered lines are missing from ns.log", Severity.Medium, Phase.Tampering, "log-lines-removed", new[] { LogTypes.NsLog },
        "Every packet engine numbers its messages. Where a file numbers them without a hole, as this one does in at least 98 of 100 steps, a jump inside it means that lines are gone. A number that starts again is a restart and counts for nothing, nor does the border between two files.",
        "Messages dropped by a relay or under load.");

    /// <summary>Commands that only one of two twin logs has.</summary>
    public static Heuristic Twins { get; } = Define("tampering-twin-logs", "Shell commands in notice.log that the shell's own log lacks", Severity.High, Phase.Tampering, "log-lines-removed", new[] { LogTypes.Shell, LogTypes.Notice },
        "Every shell command goes to bash.log or sh.log and to notice.log. Where at least nine of ten are in both, one that stands in notice.log alone, inside the time that both logs hold, was removed from the other. Rotation files that are missing are not counted against anybody.",
        "A disk that was full for a moment.");

    /// <summary>Connections inward that a gateway has no reason for.</summary>
    public static Heuristic Inward { get; } = Define("gateway-talks-inward", "Gateway connects to an internal host on a port of administration", Severity.Medium, Phase.PostExploitation, "firewall-inward", LogTypes.Firewall,
        "The firewall saw an address of the gateway itself connect inward to SSH, RPC, SMB, RDP, WinRM or a database, and the configuration names no such service there. A blocked connection shows it as well as an allowed one.",
        "A monitor or a service that the configuration at hand does not name.");

    /// <summary>The same to many hosts.</summary>
    public static Heuristic Sweep { get; } = Define("gateway-sweeps-inward", "Gateway connects to many internal hosts on a port of administration", Severity.High, Phase.PostExploitation, "firewall-inward", LogTypes.Firewall,
        "As gateway-talks-inward, to ten or more hosts on one port: somebody looks for what can be reached from the gateway.",
        "A scan through the gateway by its owner.");

    /// <summary>The planted line that the daily job read.</summary>
    public static Heuristic LastCrashLine { get; } = new()
    {
        Id = "planted-crash-line-last",
        Title = "Planted crash line was the last one for a day",
        Description = "A line that looks like the crash of a packet engine came in through a login, and no other followed it for a day. A job of root that runs once a day reads the last such line and, on a vulnerable build, runs what is planted in it. That it ran is likely; what it did stands elsewhere.",
        Cve = new[] { "CVE-2026-88771" },
        Phase = Phase.Execution,
        Severity = Severity.High,
        Grade = Grade.Supporting,
        Outcome = Outcome.Supporting,
        Independence = "planted-crash-line",
        FalsePositives = new[] { "A build in which the flaw is mended; a line that had rotated out of ns.log.0 before the job ran." },
        References = new[] { "Arctic Wolf, CVE-2026-88771, 2026-09", "CTX697096" },
        LogTypes = new[] { LogTypes.NsLog, LogTypes.Messages },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Heuristic> All { get; } = new[] { MissingNumbers, Twins, Inward, Sweep, LastCrashLine };

    private static Heuristic Define(string id, string title, Severity severity, Phase phase, string independence, IReadOnlyList<string> logs, string description, string falsePositive) => new()
    {
        Id = id,
        Title = title,
        Description = description,
        Phase = phase,
        Severity = severity,
        Grade = Grade.Supporting,
        Outcome = Outcome.Supporting,
        Independence = independence,
        FalsePositives = new[] { falsePositive },
        LogTypes = logs,
    };
}
