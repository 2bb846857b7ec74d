using System;
using System.Collections.Generic;

namespace CitrixOps.Investigation;

/// <summary>What to search for, and in which window.</summary>
public sealed class InvestigationOptions
{
    /// <summary>Start of the window, UTC; null means the earliest known exploitation of what is searched for.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>End of the window, UTC, exclusive; null means when the logs were collected, else now.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The CVEs to search for; empty means all. Indicators without a CVE always apply.</summary>
    public IReadOnlyCollection<string> Cve { get; set; } = Array.Empty<string>();

    /// <summary>The zone of logs that state none, IANA or Windows name; null means the appliance's own, else UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The log type of files whose name does not tell; null means by name and content.</summary>
    public string? LogType { get; set; }

    /// <summary>The name of the gateway that loose files come from; null means what the source says.</summary>
    public string? GatewayName { get; set; }

    /// <summary>Passes every line to every rule instead of those the prefilter chooses: the same findings, slowly.</summary>
    public bool EvaluateEverything { get; set; }

    /// <summary>How many threads search, the caller's included; 0 means one for each processor. The results are the same.</summary>
    public int Threads { get; set; }

    /// <summary>The ordinary length of the pieces of a log that threads take, in bytes. The results are the same.</summary>
    public int BlockLength { get; set; } = 1 << 18;

    /// <summary>Searches every log line by line, on one thread and without any short cut: the same results, slowly.</summary>
    public bool LineByLine { get; set; }

    /// <summary>Addresses and networks that the caller's own scanners scan from: attempts from there do not count, successes do.</summary>
    public IReadOnlyCollection<string> ScannerAddresses { get; set; } = Array.Empty<string>();

    /// <summary>
    /// Addresses and networks that administrators work from: leads about their commands do not count, and commands from anywhere else are
    /// leads. Empty means not known.
    /// </summary>
    public IReadOnlyCollection<string> AdministratorAddresses { get; set; } = Array.Empty<string>();

    /// <summary>Whether a text is an address or a network in CIDR notation.</summary>
    /// <param name="text">The text.</param>
    public static bool IsNetwork(string text) => Exclusions.OwnTraces.IsNetwork(text);

    /// <summary>Addresses of the gateway itself, besides those its configuration names: for logs of firewalls.</summary>
    public IReadOnlyCollection<string> GatewayAddresses { get; set; } = Array.Empty<string>();

    /// <summary>Shows passwords, session cookies and tokens in excerpts instead of masking them.</summary>
    public bool ShowSecret { get; set; }
}
