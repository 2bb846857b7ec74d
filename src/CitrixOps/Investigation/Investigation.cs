using System;
using System.Collections.Generic;

namespace CitrixOps.Investigation;

/// <summary>
/// What a search found out about one gateway: the verdict with its reasons, the findings, and what the logs cover. The
/// property names are part of the public interface.
/// </summary>
public sealed class Investigation
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>Start of the window, UTC; null when none could be set.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>End of the window, UTC; null when none could be set.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>Where the window comes from, in one sentence.</summary>
    public string WindowReason { get; set; } = "";

    /// <summary>The answer.</summary>
    public InvestigationVerdict Verdict { get; set; }

    /// <summary>
    /// The exit code for a script that a scheduler runs: 0 NoTrace, 2 Attempted, 3 Inconclusive, 4 Compromised. The highest of several
    /// gateways is the worst. 1 stays what it is: the script itself failed.
    /// </summary>
    public int ExitCode => Verdict switch
    {
        InvestigationVerdict.NoTrace => 0,
        InvestigationVerdict.Attempted => 2,
        InvestigationVerdict.Compromised => 4,
        _ => 3,
    };

    /// <summary>What carries the verdict and what limits it, most important first.</summary>
    public IReadOnlyList<string> Reasons { get; set; } = Array.Empty<string>();

    /// <summary>The findings in the order they were found; at most <see cref="FindingsKept"/> of <see cref="FindingCount"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; set; } = Array.Empty<Finding>();

    /// <summary>How many findings there are.</summary>
    public long FindingCount { get; set; }

    /// <summary>The most findings that one report keeps in memory.</summary>
    public const int FindingsKept = 100_000;

    /// <summary>What each source address did.</summary>
    public IReadOnlyList<AttackChain> Chains { get; set; } = Array.Empty<AttackChain>();

    /// <summary>What the logs cover, one row per log and node.</summary>
    public IReadOnlyList<LogCoverage> Coverage { get; set; } = Array.Empty<LogCoverage>();

    /// <summary>Matches that do not count, with the reason.</summary>
    public IReadOnlyList<Exclusion> Excluded { get; set; } = Array.Empty<Exclusion>();

    /// <summary>What the reader should know besides: what the search itself did to a running appliance, what was compared with what.</summary>
    public IReadOnlyList<string> Notes { get; set; } = Array.Empty<string>();

    /// <summary>Rules and indicators that were searched for.</summary>
    public int RulesLoaded { get; set; }

    /// <summary>Rules that could not be used, with the reason: the search did not look for these.</summary>
    public IReadOnlyList<string> RulesSkipped { get; set; } = Array.Empty<string>();

    /// <summary>Bytes searched, after decompression.</summary>
    public long Bytes { get; set; }

    /// <summary>Lines searched.</summary>
    public long Lines { get; set; }

    /// <summary>How long the search of this gateway took.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway}: {Verdict}";
}
