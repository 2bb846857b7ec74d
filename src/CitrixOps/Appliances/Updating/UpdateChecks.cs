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
    private static readonly TimeSpan OldEvidence = TimeSpan.FromDays(7);
    private readonly Gateway _gateway;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;
    private readonly PatchLevelAssessment _assessment;
    private readonly List<UpdateCheck> _checks = new();
    private readonly SortedSet<string> _stillOpen = new(StringComparer.Ordinal);

    public UpdateChecks(Gateway gateway, UpdatePackage package, UpdateOptions options, PatchLevelAssessment assessment)
    {
        _gateway = gateway;
        _package = package;
        _options = options;
        _assessment = assessment;
    }

    /// <summary>CVEs that stay open on the build, on one node or the other.</summary>
    public IReadOnlyList<string> StillOpen => _stillOpen.ToArray();

    public async Task<IReadOnlyList<UpdateCheck>> RunAsync(CancellationToken cancellationToken)
    {
        if (!string.Equals(_gateway.Partition, "default", StringComparison.OrdinalIgnoreCase))
        {
            Add("pair", UpdateCheckState.Failed, $"the session is in the partition {_gateway.Partition}: installing, failing over and restarting are done from the default one; connect without -Partition");
            return _checks;
        }

        await _gateway.RefreshAsync(cancellationToken).ConfigureAwait(false);
        if (_gateway.Nodes.FirstOrDefault(n => n.IsClustered) is { } member)
        {
            Add("pair", UpdateCheckState.Failed, $"{member.Nsip} belongs to a cluster: its nodes are updated one by one by the vendor's procedure for clusters, which this does not know");
            return _checks;
        }

        Pair();
        foreach (var node in _gateway.Nodes)
        {
            var partitions = await FixesAsync(node, cancellationToken).ConfigureAwait(false);
            var waits = node.Version != _package.Version.ToString();
            var sends = waits && await PackageAsync(node, cancellationToken).ConfigureAwait(false);
            await RightsAsync(node, waits, sends, partitions, cancellationToken).ConfigureAwait(false);
            await DiskAsync(node, cancellationToken).ConfigureAwait(false);
        }

        Evidence();
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
        var held = _gateway.Nodes.FirstOrDefault(n => n.HaStatus.StartsWith("STAY", StringComparison.OrdinalIgnoreCase));

        // during an update builds differ, and synchronisation pauses by itself
        var differ = _gateway.Nodes.Select(n => n.Version).Distinct().Count() > 1;
        var inSync = _gateway.Nodes.All(n => n.IsInSync && (n.Propagates || differ));
        Add(
            "pair",
            !healthy || held is not null ? UpdateCheckState.Failed : inSync ? UpdateCheckState.Passed : differ ? UpdateCheckState.Warning : UpdateCheckState.Failed,
            string.Join(", ", _gateway.Nodes.Select(n => $"{n.Nsip} {n.Role}, synchronisation {n.Synchronisation}, propagation {(n.Propagates ? "on" : "off")}")) + (held is null ? "" : $"; {held.Nsip} is held in its role ({held.HaStatus}), a failover would be refused: set HA node -haStatus ENABLED"));
    }

    private async Task<IReadOnlyList<string>> FixesAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var problems = new List<Errors.Problem>();
        var (facts, unsaved, partitions) = await LiveFacts.ReadWithChangesAsync(node, problems.Add, cancellationToken).ConfigureAwait(false);
        problems.ForEach(p => Add("partitions", UpdateCheckState.Warning, p.Message + " What is unsaved there is not seen. " + p.Recommendation));
        Add("configuration", unsaved.Count > 0 ? Judged : UpdateCheckState.Passed, unsaved.Count > 0 ? $"{node.Nsip} has changes that are not saved (partition {string.Join(", ", unsaved)}): the restart would lose them. Save them (save ns config -all), or throw them away with -Force" : $"{node.Nsip} has no unsaved changes");
        var now = PatchLevels.Of(facts, _assessment, GatewayEdition.Unknown);
        if (!VersionParser.TryParse(now.Version, out var running, out _))
        {
            Add("build", UpdateCheckState.Failed, $"{node.Nsip} does not tell what it runs");
            return partitions;
        }

        var order = _package.Version.CompareBuild(running!);
        if (order < 0 || !Fit(running!.Edition, _package.Version.Edition))
        {
            Add("build", UpdateCheckState.Failed, order < 0 ? $"{node.Nsip} runs {running}, which is newer than {_package.Version}" : $"{node.Nsip} runs {running} ({running!.Edition}), the package is {_package.Version} ({_package.Version.Edition})");
            return partitions;
        }

        if (running!.Edition is GatewayEdition.Fips or GatewayEdition.Ndcpp or GatewayEdition.FipsOrNdcpp && _package.Version.Edition == GatewayEdition.Unknown)
        {
            Add("build", UpdateCheckState.Warning, $"{node.Nsip} runs a validated edition ({running.Edition}); the name of the package does not say that it is one");
        }

        var then = _assessment.Assess(_package.Version, facts.Configuration);
        var before = now.Vulnerabilities.Where(v => v.Verdict <= Verdict.EolAssumeAffected).Select(Named).ToArray();
        var left = then.Vulnerabilities.Where(v => v.Verdict <= Verdict.EolAssumeAffected).ToArray();
        _stillOpen.UnionWith(then.Vulnerabilities.Where(v => v.IsOpen).Select(Named));
        var fixes = before.Except(left.Select(Named)).Count();
        var state = left.Any(v => v.KnownExploited) || (before.Length > 0 && fixes == 0 && order > 0) ? Judged : left.Length > 0 ? UpdateCheckState.Warning : UpdateCheckState.Passed;
        Add("build", state, order == 0 ? $"{node.Nsip} runs {running} already" : $"{node.Nsip}: {running} to {_package.Version} fixes {fixes} of {before.Length} open flaws" + (left.Length > 0 ? $"; {left.Length} stay open" + (then.RecommendedBuild is { } better ? $", {better} fixes them" : "") : ""));
        return partitions;
    }

    // the number of a validated build does not tell FIPS from NDcPP
    private static bool Fit(GatewayEdition running, GatewayEdition package) => running == package || running == GatewayEdition.Unknown || package == GatewayEdition.Unknown
        || (running == GatewayEdition.FipsOrNdcpp && package != GatewayEdition.Regular) || (package == GatewayEdition.FipsOrNdcpp && running != GatewayEdition.Regular);

    // true where the package is sent by us
    private async Task<bool> PackageAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        if (_package.LocalPath is null)
        {
            Add("package", UpdateCheckState.Warning, $"{node.Nsip} fetches it from {_package.Address!.GetLeftPart(UriPartial.Path)} by itself: from here it was hashed as given, what the node gets is not seen");
            return false;
        }

        var there = await new NodeUpdate(node, _package, _options).SizeAsync(cancellationToken).ConfigureAwait(false);
        if (there is null)
        {
            var fits = _package.Size <= _options.UploadLimit;
            Add("package", fits ? UpdateCheckState.Passed : UpdateCheckState.Failed, FormattableString.Invariant($"{_package.Name} ({_package.Size:N0} bytes) is not on {node.Nsip}") + (fits ? " and will be sent" : $", and the REST API does not take that much: copy it to each node (scp {_package.Name} nsroot@{node.Nsip}:{NodeUpdate.Folder}/), or give an address with -Uri"));
            return fits;
        }

        Add("package", there == _package.Size ? UpdateCheckState.Passed : UpdateCheckState.Failed, there == _package.Size ? $"{NodeUpdate.Folder}/{_package.Name} is on {node.Nsip} in the same size; its content is not seen from here (there: shasum -a 256)" : FormattableString.Invariant($"{NodeUpdate.Folder}/{_package.Name} on {node.Nsip} has {there:N0} bytes, the package has {_package.Size:N0}: remove it there"));
        return false;
    }

    private async Task RightsAsync(GatewayNode node, bool waits, bool sends, IReadOnlyList<string> partitions, CancellationToken cancellationToken)
    {
        var commands = new List<string> { "show ns runningConfig", "stat system" };
        commands.AddRange(waits ? new[] { "create system backup cops -level full", $"install {_package.Address?.GetLeftPart(UriPartial.Path) ?? "file://" + NodeUpdate.Folder + "/" + _package.Name}", "reboot -warm" } : Array.Empty<string>());
        commands.AddRange(sends ? new[] { $"add system file {_package.Name} -fileLocation \"{NodeUpdate.Folder}\"" } : Array.Empty<string>());
        commands.AddRange(_gateway.Nodes.Count > 1 ? new[] { "force HA failover -force" } : Array.Empty<string>());
        commands.AddRange(partitions.Count > 0 ? new[] { "switch ns partition " + partitions[0] } : Array.Empty<string>());
        try
        {
            var rights = await AccountRights.ReadAsync(node, cancellationToken).ConfigureAwait(false);
            var lacking = rights?.Lacks(commands) ?? Array.Empty<string>();
            Add("rights", rights is null ? UpdateCheckState.Warning : lacking.Count > 0 ? UpdateCheckState.Failed : UpdateCheckState.Passed, rights is null ? $"what the account may do on {node.Nsip} cannot be told beforehand: it is none of the node's own, or its policies are not"
                : lacking.Count > 0 ? $"the account may not run on {node.Nsip}: {string.Join("; ", lacking)}. Its command policy lacks {string.Join(" ", lacking.Select(CommandRights.LineFor).Distinct())} (the task \"update\" of the module's data/policies/tasks.json)" : $"the account may run what the update of {node.Nsip} needs");
        }
        catch (NitroException e) when (e.Problem.Id == "NotAuthorised")
        {
            Add("rights", Judged, $"the account may not see its own command policies on {node.Nsip}: whether it may install and restart is not known before it is tried. {e.Problem.Recommendation}");
        }
    }

    private async Task DiskAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var stat = (await Gateway.Open(node).SendAsync(NitroCall.Get("system") with { IsStat = true }, cancellationToken).ConfigureAwait(false)).Single("system");
        var (flash, var, free) = (NitroReply.Number(stat["disk0perusage"]), NitroReply.Number(stat["disk1perusage"]), NitroReply.Number(stat["disk1avail"]));
        var needed = Math.Max(LeastMegabytes, _package.Size * 3.0 / (1 << 20));
        var tight = flash > FullestDisk || var > FullestDisk || free < needed;
        Add("disk", flash is null || var is null ? UpdateCheckState.Warning : tight ? UpdateCheckState.Failed : UpdateCheckState.Passed, FormattableString.Invariant($"{node.Nsip}: /flash {flash:0}% used, /var {var:0}% used, {free:0} MB free of {needed:0} MB needed"));
    }

    private void Evidence()
    {
        var evidence = _options.Evidence;
        var old = evidence is not null && DateTimeOffset.UtcNow - evidence.Newest > OldEvidence;
        Add("evidence", evidence is null || old ? UpdateCheckState.Warning : UpdateCheckState.Passed, evidence is null ? "Nothing is known to be preserved: the update and the restart destroy traces. Search or copy the logs first, and name the copy with -EvidencePath." : $"preserved in {evidence}" + (old ? "; that is older than a week: what happened since is not in it" : ""));
    }

    private void Add(string name, UpdateCheckState state, string text) => _checks.Add(new UpdateCheck(name, state, text));

    private static string Named(Vulnerability v) => v.Cve.Length > 0 ? v.Cve : v.Bulletin;
}
