using System.Collections.Generic;

namespace CitrixOps.Indicators.Heuristics;

/// <summary>
/// Stolen sessions (CVE-2023-4966, CVE-2025-5777, CVE-2026-3055, CVE-2026-8451). A leaked token is used without a login: what remains in
/// ns.log is a session whose traffic comes from an address that never logged in. One such session is what every roaming phone
/// leaves too, so a single one is a lead; several users in one foreign place are not.
/// </summary>
public static class SessionHeuristics
{
    private static readonly string[] Leaks = { "CVE-2023-4966", "CVE-2025-5777", "CVE-2026-3055", "CVE-2026-8451" };
    private static readonly string[] Stolen = { "2023-citrixbleed", "2025-citrixbleed2", "2026-saml" };
    private static readonly string[] Memory = { "2025-citrixbleed2" };
    private static readonly string[] Sources = { "Mandiant, CVE-2023-4966 remediation guidance, 2023-10", "CERT.at citrix-logchecker", "NCSC-NL, Citrix CVE-2025-5777, 2025-07" };

    /// <summary>Ten or more users' sessions in one place that none of them logged in from.</summary>
    public static Heuristic ManyUsers { get; } = Define("session-many-users-one-source", "Sessions of many users used from one foreign network", Severity.Critical, Grade.Strong, Outcome.Success,
        "Within three days ten or more users' sessions carried traffic from a few addresses of a network that none of them ever logged in from and that fewer than three others did. No roaming and no office egress does this: people also log in where they are. It is what replaying stolen tokens looks like.",
        "An egress that came into use after the last login of everybody, for example a proxy that was put in front of the users during the log.");

    /// <summary>An address that attacked and then used sessions of others.</summary>
    public static Heuristic Attacker { get; } = Define("session-used-by-attacker", "Session used by an address that attacked the gateway", Severity.Critical, Grade.Strong, Outcome.Success,
        "The address made attempts on this gateway, never logged in, and carried traffic in a session that somebody else opened. Either alone may be chance; one address doing both is not.",
        "A vulnerability scanner behind the egress of an office that nobody logs in from: name it with -ScannerAddress.");

    /// <summary>Three to nine users' sessions in one foreign place.</summary>
    public static Heuristic SomeUsers { get; } = Define("session-some-users-one-source", "Sessions of several users used from one foreign network", Severity.High, Grade.Supporting, Outcome.Supporting,
        "Within three days three to nine users' sessions (or more, where others do log in from there) carried traffic from a few addresses of a network that none of them logged in from. A shared mobile egress can do it where the log is too short to hold its logins, so it supports and does not carry.",
        "Carrier-grade NAT of a mobile provider; an office egress in a log of a few hours.");

    /// <summary>One session in two places at the same time.</summary>
    public static Heuristic TwoPlaces { get; } = Define("session-two-places", "Session used from two networks at the same time", Severity.Medium, Grade.Supporting, Outcome.Supporting,
        "New connections of one session alternate within two minutes between the network that logged in and one that its user never logged in from. Someone who moves leaves the first place; here both stay.",
        "A line with two providers that balances connections, where the user never logged in over the second one.");

    /// <summary>One session that moved.</summary>
    public static Heuristic OtherAddress { get; } = Define("session-other-address", "Session used from another network than it was opened from", Severity.Low, Grade.Pivot, Outcome.Supporting,
        "The address of the traffic is not the address of the login, and the user never logged in from there. Phones do this every day. Compare it with where the user was.",
        "Roaming, a change of the provider's address, IPv4 beside IPv6.");

    /// <summary>A session that nobody opened.</summary>
    public static Heuristic WithoutLogin { get; } = Define("session-without-login", "Session that began in the log without a login", Severity.Medium, Grade.Supporting, Outcome.Supporting,
        "The session says when it began, the log covers that moment, other sessions of the log have their login, and this one has none, nor did its user ever log in from that network.",
        "Lines that were lost; a failover to a node whose log is not among what was searched.");

    /// <summary>A published desktop that was opened from elsewhere.</summary>
    public static Heuristic ForeignIca { get; } = Define("session-ica-other-network", "ICA connection from a network its user never logged in from", Severity.Low, Grade.Pivot, Outcome.Supporting,
        "A published application or desktop was opened by a user who has logins in this log, from a network that none of them came from.",
        "Roaming; a gateway in front of this one.");

    /// <summary>One user in two networks within minutes.</summary>
    public static Heuristic TwoNetworks { get; } = Define("session-user-in-two-networks", "User in two distant networks within ten minutes", Severity.Low, Grade.Pivot, Outcome.Supporting,
        "The user was active from two networks of different providers within ten minutes, one of which was used for less than an hour in the whole log.",
        "A phone beside a computer; a change from Wi-Fi to mobile.");

    /// <summary>A scripted client that several users log in with.</summary>
    public static Heuristic ScriptedUsers { get; } = Define("session-scripted-users", "Several users log in with a scripted client from one network", Severity.Medium, Grade.Supporting, Outcome.Supporting,
        "Two or more users logged in from one network with python, curl, Go or the like instead of a browser. People do not; harvested credentials and tokens are tried like that.",
        "A test of one's own with several accounts.");

    /// <summary>A scripted client.</summary>
    public static Heuristic Scripted { get; } = Define("session-scripted-client", "Login with a scripted client", Severity.Low, Grade.Pivot, Outcome.Supporting,
        "A login whose client names itself as python, curl, Go or the like.",
        "Monitoring.");

    /// <summary>Memory of the packet engine in a message about a refused login.</summary>
    public static Heuristic LeakAttempt { get; } = Define("login-message-with-memory", "Bytes of memory as the user name of a refused login", Severity.High, Grade.Supporting, Outcome.Attempt,
        "The name in 'Authentication is rejected for' is no text in UTF-8 and no name in Latin-1: it is memory that the request read. A few show an attempt.",
        "A client with a broken encoding.", Phase.Attempt);

    /// <summary>Many such messages.</summary>
    public static Heuristic LeakHarvest { get; } = Define("login-messages-with-memory", "Memory leaked again and again to one address", Severity.High, Grade.Supporting, Outcome.Supporting,
        "Ten or more refused logins of one address show memory as the user name. Each answer may have carried memory too: the gateway was vulnerable and was being harvested. Whether a token was in it the log does not say.",
        "A client with a broken encoding that tries again and again.");

    /// <summary>Bursts of refused logins without a readable name.</summary>
    public static Heuristic GarbageBurst { get; } = Define("login-failed-garbage-burst", "Burst of refused logins without a readable user name", Severity.Medium, Grade.Supporting, Outcome.Attempt,
        "Thirty or more refused logins within an hour from one address whose user name holds unprintable bytes, or two hundred whose name is empty. Leaks of memory through the login page leave it.",
        "A broken client.", Phase.Attempt);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Heuristic> All { get; } = new[]
    {
        ManyUsers, Attacker, SomeUsers, TwoPlaces, OtherAddress, WithoutLogin, ForeignIca, TwoNetworks, ScriptedUsers, Scripted, LeakAttempt, LeakHarvest, GarbageBurst,
    };

    private static Heuristic Define(string id, string title, Severity severity, Grade grade, Outcome outcome, string description, string falsePositive, Phase phase = Phase.CredentialTheft) => new()
    {
        Id = id,
        Title = title,
        Description = description,
        Cve = Leaks,
        Phase = phase,
        Severity = severity,
        Grade = grade,
        Outcome = outcome,
        FalsePositives = new[] { falsePositive },
        References = Sources,
        Campaigns = id.StartsWith("login-", System.StringComparison.Ordinal) ? Memory : Stolen,

        // everything that rests on addresses of sessions is one fact; what leaked in messages is another
        Independence = id.StartsWith("login-", System.StringComparison.Ordinal) ? "memory-in-messages" : "foreign-sessions",
        LogTypes = new[] { Logs.LogTypes.NsLog },
    };
}
