using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;

namespace CitrixOps.Appliances.Updating;

/// <summary>Looks at everything that speaks against an update, before anything is changed.</summary>
internal sealed class UpdateChecks
{
    private const double FullestDisk = 85;
    private const double LeastMegabytes = 3000;
    private readonly Gateway _gateway;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;
    private readonly PatchLevelAssessment _assessment;
    private readonly List<UpdateCheck> _checks = new();

    public UpdateChecks(Gateway gateway, UpdatePackage package, UpdateOptions options, PatchLevelAssessment assessment)
    {
        _gateway = gateway;
        _package = package;
        _options = options;
        _assessment = assessment;
    }

    /// <summary>CVEs that stay open on the build.</summary>
    public IReadOnlyList<string> StillOpen { get; private set; } = Array.Empty<string>();

    public async Task<IReadOnlyList<UpdateCheck>> RunAsync(CancellationToken cancellationToken)
    {
        await _gateway.RefreshAsync(cancellationToken).ConfigureAwait(false);
        Pair();
        foreach (var node in _gateway.Nodes)
        {
            await FixesAsync(node, cancellationToken).ConfigureAwait(false);
            await DiskAsync(node, cancellationToken).ConfigureAwait(false);
            Add("configuration", node.UnsavedChanges ? Judged : UpdateCheckState.Passed, node.UnsavedChanges ? $"{node.Nsip} has changes that are not saved: the restart would lose them. Save them, or throw them away with -Force." : $"{node.Nsip} has no unsaved changes");
        }

        Add("evidence", _options.EvidencePath is null ? UpdateCheckState.Warning : UpdateCheckState.Passed, _options.EvidencePath is null ? "Nothing is known to be preserved: the update and the restart destroy traces. Search or copy the logs first, and name the copy with -EvidencePath." : $"preserved in {_options.EvidencePath}");
        return _checks;
    }

    private UpdateCheckState Judged => _options.Force ? UpdateCheckState.Warning : UpdateCheckState.Failed;

    private void Pair()
    {
        if (_gateway.Ha == "PairIncomplete")
        {
            Add("pair", UpdateCheckState.Failed, $"the other node, {_gateway.Peer}, is not reached: an update of one node alone leaves the pair without a safe partner");
            return;
        }

        if (_gateway.Ha == "Alone")
        {
            Add("pair", UpdateCheckState.Warning, "the gateway is alone: it is away while it restarts");
            return;
        }

        var roles = _gateway.Nodes.Select(n => n.Role).ToArray();
        var healthy = roles.Contains("Primary", StringComparer.OrdinalIgnoreCase) && roles.Contains("Secondary", StringComparer.OrdinalIgnoreCase);

        // during an update builds differ, and synchronisation pauses by itself
        var differ = _gateway.Nodes.Select(n => n.Version).Distinct().Count() > 1;
        var inSync = _gateway.Nodes.All(n => n.Synchronisation is "ENABLED" or "SUCCESS" or "" && (n.Propagates || differ));
        Add("pair", !healthy ? UpdateCheckState.Failed : inSync ? UpdateCheckState.Passed : differ ? UpdateCheckState.Warning : UpdateCheckState.Failed, string.Join(", ", _gateway.Nodes.Select(n => $"{n.Nsip} {n.Role}, synchronisation {n.Synchronisation}, propagation {(n.Propagates ? "on" : "off")}")));
    }

    private async Task FixesAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var facts = await LiveFacts.ReadAsync(node, cancellationToken).ConfigureAwait(false);
        var now = PatchLevels.Of(facts, _assessment, GatewayEdition.Unknown);
        if (!VersionParser.TryParse(now.Version, out var running, out _))
        {
            Add("build", UpdateCheckState.Failed, $"{node.Nsip} does not tell what it runs");
            return;
        }

        var order = _package.Version.CompareBuild(running!);
        var editions = running!.Edition == _package.Version.Edition || _package.Version.Edition == GatewayEdition.Unknown || running.Edition == GatewayEdition.Unknown;
        if (order < 0 || !editions)
        {
            Add("build", UpdateCheckState.Failed, order < 0 ? $"{node.Nsip} runs {running}, which is newer than {_package.Version}" : $"{node.Nsip} runs {running} ({running.Edition}), the package is {_package.Version} ({_package.Version.Edition})");
            return;
        }

        var then = _assessment.Assess(_package.Version, facts.Configuration);
        var before = now.Vulnerabilities.Where(v => v.Verdict <= Verdict.EolAssumeAffected).Select(Named).ToArray();
        var left = then.Vulnerabilities.Where(v => v.Verdict <= Verdict.EolAssumeAffected).ToArray();
        StillOpen = then.Vulnerabilities.Where(v => v.IsOpen).Select(Named).ToArray();
        var fixes = before.Except(left.Select(Named)).Count();
        var state = left.Any(v => v.KnownExploited) || (before.Length > 0 && fixes == 0 && order > 0) ? Judged : left.Length > 0 ? UpdateCheckState.Warning : UpdateCheckState.Passed;
        Add("build", state, order == 0 ? $"{node.Nsip} runs {running} already" : $"{node.Nsip}: {running} to {_package.Version} fixes {fixes} of {before.Length} open flaws" + (left.Length > 0 ? $"; {left.Length} stay open" + (then.RecommendedBuild is { } better ? $", {better} fixes them" : "") : ""));
    }

    private async Task DiskAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var stat = (await Gateway.Open(node).SendAsync(NitroCall.Get("system") with { IsStat = true }, cancellationToken).ConfigureAwait(false)).Single("system");
        var (flash, var, free) = (NitroReply.Number(stat["disk0perusage"]), NitroReply.Number(stat["disk1perusage"]), NitroReply.Number(stat["disk1avail"]));
        var needed = Math.Max(LeastMegabytes, _package.Size * 3.0 / (1 << 20));
        var tight = flash > FullestDisk || var > FullestDisk || free < needed;
        Add("disk", flash is null || var is null ? UpdateCheckState.Warning : tight ? UpdateCheckState.Failed : UpdateCheckState.Passed, FormattableString.Invariant($"{node.Nsip}: /flash {flash:0}% used, /var {var:0}% used, {free:0} MB free of {needed:0} MB needed"));
    }

    private void Add(string name, UpdateCheckState state, string text) => _checks.Add(new UpdateCheck(name, state, text));

    private static string Named(Vulnerability v) => v.Cve.Length > 0 ? v.Cve : v.Bulletin;
}
