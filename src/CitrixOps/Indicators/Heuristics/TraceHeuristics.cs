using System.Collections.Generic;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Heuristics;

/// <summary>Logs that were changed, a gateway that talks inward, files that are newer than the rest, and what one line after another says: none carries a verdict alone.</summary>
public static class TraceHeuristics
{
    private static readonly string[] Tampered = { LogTypes.NsLog, LogTypes.Shell, LogTypes.Notice, LogTypes.Messages, LogTypes.Auth, LogTypes.Cron, LogTypes.NsVpn, LogTypes.HttpError };

    /// <summary>Numbers of messages that are missing.</summary>
    public static Heuristic MissingNumbers { get; } = Define("tampering-message-numbers", "Numbered lines are missing from ns.log", Severity.Medium, Phase.Tampering, "log-lines-removed", new[] { LogTypes.NsLog },
        "Every packet engine numbers its messages. Where a file numbers them without a hole, as this one does in at least 98 of 100 steps, a jump inside it means that lines are gone. A number that starts again is a restart and counts for nothing, nor does the border between two files.",
        "Messages dropped by a relay or under load.");

    /// <summary>Commands that only one of two twin logs has.</summary>
    public static Heuristic Twins { get; } = Define("tampering-twin-logs", "Shell commands that only one of a log and its copy has", Severity.High, Phase.Tampering, "log-lines-removed", new[] { LogTypes.Shell, LogTypes.Notice },
        "Every shell command goes to bash.log or sh.log and to notice.log. Where at least nine of ten are in both, one that stands in one of them alone, inside the time that both logs hold, was removed from the other. Rotation files that are missing are not counted against anybody.",
        "A disk that was full for a moment.");

    /// <summary>A log, or a file of its rotation, that is not there.</summary>
    public static Heuristic FileMissing { get; } = Define("tampering-log-missing", "Log file of the appliance is missing", Severity.Medium, Phase.Tampering, "log-lines-removed", Tampered,
        "The rotation drops the oldest file and no other. Where a folder of logs was read whole and a number in the middle, or the live file, is not there, or a shell's own log while its copies in notice.log are, it was removed. Files given one by one are not judged.",
        "A copy of the folder that is incomplete; a disk that was full.");

    /// <summary>Lines that stand where their time does not belong.</summary>
    public static Heuristic OutOfOrder { get; } = Define("tampering-time-order", "Lines do not stand where their time belongs", Severity.Medium, Phase.Tampering, "log-lines-removed", Tampered,
        "Syslog appends, so a few lines whose time is more than five minutes off that of the lines before and after them were put or changed there. Off by whole half hours is another zone or a change of the clock, more than twenty places are a merged log, and what falls back and stays is a clock or files that were joined: none of these counts. The access log, where a line states the beginning and is written at the end of a request, is left out.",
        "A process that writes a message it kept; a clock that was wrong for a moment after a start.");

    /// <summary>A clock that went back.</summary>
    public static Heuristic ClockSetBack { get; } = Define("tampering-clock-set-back", "Time of a log falls back and goes on from there", Severity.Low, Phase.Tampering, "log-lines-removed", Tampered,
        "More than a quarter of an hour, and no whole half hours. Clocks are corrected; who wants to hide a moment sets one.",
        "A correction of the clock, a restored snapshot.", Grade.Pivot);

    /// <summary>A log that was written to after its time, or emptied.</summary>
    public static Heuristic LogEdited { get; } = Define("tampering-log-edited", "Log was emptied, or changed after it was turned over", Severity.Low, Phase.Tampering, "log-lines-removed", Tampered,
        "A file that was turned over is not written to any more: its time of change is that of its last line, as the other files of the same log show, and this one was changed after the next had begun. Or it is empty, where newsyslog writes the first line itself.",
        "A copy that did not keep the times of some files; a file that was packed again.", Grade.Pivot);

    /// <summary>Return codes whose commands are gone.</summary>
    public static Heuristic CodeWithoutCommand { get; } = Define("tampering-return-code", "Return codes of a shell whose commands are gone", Severity.Medium, Phase.Tampering, "log-lines-removed", new[] { LogTypes.Shell },
        "In this log a return code follows the command of the same process, in at least nineteen of twenty. One that follows another return code lost its command. Lines without a terminal are the appliance's own and are left out, as is a process that began in another file.",
        "A disk that was full for a moment.");

    /// <summary>Lines that only a collector has.</summary>
    public static Heuristic CopyHasMore { get; } = Define("tampering-collector-has-more", "Lines that the collector received and the appliance no longer has", Severity.High, Phase.Tampering, "log-lines-removed", new[] { LogTypes.NsLog },
        "The appliance's ns.log and a collector's copy were searched together. Nine of ten of the copy's lines are in both; one that the copy alone has, of a kind that the appliance does keep, inside the time that both hold, was removed from the appliance. The other way round is loss on the way and counts for nothing.",
        "Messages that were dropped on the appliance's disk and sent all the same.");

    /// <summary>A file that is newer than what lies around it.</summary>
    public static Heuristic NewFile { get; } = Define("file-newer-than-the-rest", "File in the web folders newer than all around it", Severity.Low, Phase.Persistence, "", System.Array.Empty<string>(),
        "What the web server gives out comes with a build or a theme: many files of one minute. One to three files of a minute of their own, newer than nine of ten of the files of their area, were put or changed by themselves.",
        "A logo or a text of the logon page that was changed.", Grade.Pivot);

    /// <summary>Connections inward that a gateway has no reason for.</summary>
    public static Heuristic Inward { get; } = Define("gateway-talks-inward", "Gateway connects to an internal host on a port of administration", Severity.Medium, Phase.PostExploitation, "firewall-inward", LogTypes.Firewall,
        "The firewall saw an address of the gateway itself connect inward to SSH, RPC, SMB, RDP, WinRM or a database, and the configuration names no such service there. A blocked connection shows it as well as an allowed one.",
        "A monitor or a service that the configuration at hand does not name.");

    /// <summary>The same to many hosts.</summary>
    public static Heuristic Sweep { get; } = Define("gateway-sweeps-inward", "Gateway connects to many internal hosts on a port of administration", Severity.High, Phase.PostExploitation, "firewall-inward", LogTypes.Firewall,
        "As gateway-talks-inward, to ten or more hosts on one port: somebody looks for what can be reached from the gateway.",
        "A scan through the gateway by its owner.");

    /// <summary>Connections inward from an address that users share.</summary>
    public static Heuristic UsersInward { get; } = Define("gateway-or-users-inward", "Gateway or a user of its VPN connects inward on a port of administration", Severity.Low, Phase.PostExploitation, "", LogTypes.Firewall,
        "As gateway-talks-inward, but from a subnet address (SNIP) of a gateway whose configuration lets users in with more than ICA, or through the RDP proxy: their connections leave from the same address. Which it was, the sessions of ns.log at that time tell.",
        "Users who work over the VPN.", Grade.Pivot);

    /// <summary>Commands from a network that does not administer the gateway.</summary>
    public static Heuristic CommandsFromElsewhere { get; } = Define("commands-from-elsewhere", "Commands from a network that does not administer the gateway", Severity.Low, Phase.PostExploitation, "", new[] { LogTypes.NsLog },
        "The networks of the administrators were named, and commands came from an address outside them. Who was it?",
        "An administrator who works from elsewhere; a console or a monitor that was not named.", Grade.Pivot);

    /// <summary>What a payload was to make was there afterwards.</summary>
    public static Heuristic PayloadAnswered { get; } = new()
    {
        Id = "payload-file-answered",
        Title = "File that a payload names was given out afterwards",
        Description = "An attempt named a file below the folders that the web server gives out; within a day that page was answered with success, and never before in the logs at hand. The payload ran: it takes one attempt and one answer.",
        Cve = new[] { "CVE-2026-88771" },
        Phase = Phase.Execution,
        Severity = Severity.Critical,
        Grade = Grade.Strong,
        Outcome = Outcome.Success,
        Independence = "payload-result",
        Campaigns = new[] { "2026-pitboss" },
        FalsePositives = new[] { "A page that existed and was not asked for earlier in the logs." },
        References = new[] { "nshunt, 2026", "indicator catalogue of the project, collected 2026-11-24" },
        LogTypes = new[] { LogTypes.HttpAccess },
    };

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
        Campaigns = new[] { "2026-pitboss" },
        Independence = "planted-crash-line",
        FalsePositives = new[] { "A build in which the flaw is mended; a line that had rotated out of ns.log.0 before the job ran." },
        References = new[] { "Arctic Wolf, CVE-2026-88771, 2026-09", "CTX697096" },
        LogTypes = new[] { LogTypes.NsLog, LogTypes.Messages },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Heuristic> All { get; } = new[]
    {
        MissingNumbers, Twins, FileMissing, OutOfOrder, ClockSetBack, LogEdited, CodeWithoutCommand, CopyHasMore, NewFile, Inward, Sweep, UsersInward, CommandsFromElsewhere, PayloadAnswered, LastCrashLine,
    };

    private static Heuristic Define(string id, string title, Severity severity, Phase phase, string independence, IReadOnlyList<string> logs, string description, string falsePositive, Grade grade = Grade.Supporting) => new()
    {
        Id = id,
        Title = title,
        Description = description,
        Phase = phase,
        Severity = severity,
        Grade = grade,
        Outcome = Outcome.Supporting,
        Campaigns = new[] { "generic" },
        Independence = independence,
        FalsePositives = new[] { falsePositive },
        LogTypes = logs,
    };
}
