using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;

namespace CitrixOps.Advisories;

/// <summary>Makes the patch level of a surveyed appliance: which of its version statements counts, and what contradicts it.</summary>
public static class PatchLevels
{
    private static readonly (VersionRole Role, VersionTrust Trust)[] ByTrust =
    {
        (VersionRole.Running, VersionTrust.Running), (VersionRole.Stated, VersionTrust.Stated), (VersionRole.NextBoot, VersionTrust.NextBoot),
        (VersionRole.SavedBy, VersionTrust.Saved), (VersionRole.Fingerprint, VersionTrust.Inferred),
    };

    /// <summary>The patch level of an appliance.</summary>
    /// <param name="facts">What a source says about it.</param>
    /// <param name="assessment">The assessment.</param>
    /// <param name="edition">The edition the caller states; Unknown goes by the number.</param>
    public static PatchLevel Of(ApplianceFacts facts, PatchLevelAssessment assessment, GatewayEdition edition)
    {
        var read = facts.Versions.Select(o => (Observation: o, Version: VersionParser.TryParse(o.Text, out var v, out _) ? WithEdition(v!, edition) : null)).Where(r => r.Version is not null).ToList();
        var chosen = ByTrust.SelectMany(t => read.Where(r => r.Observation.Role == t.Role).Select(r => (r.Observation, r.Version, t.Trust))).FirstOrDefault();
        var level = assessment.Assess(chosen.Version, facts.Configuration);
        level.Gateway = facts.Gateway;
        level.Node = facts.Node;
        level.VersionSource = chosen.Observation?.Source ?? "";
        level.VersionTrust = chosen.Version is null ? VersionTrust.None : chosen.Trust;
        level.RunningVersion = First(read, VersionRole.Running);
        level.SavedByVersion = First(read, VersionRole.SavedBy);
        level.NextBootVersion = First(read, VersionRole.NextBoot);
        level.Notes = level.Notes.Concat(Contradictions(level)).ToArray();
        level.Checklist = PatchChecklist.Of(level, facts.Configuration).ToArray();
        return level;
    }

    /// <summary>
    /// Tells what the nodes of HA pairs mean for each other: one name, the worse state, builds that differ, a node that was not looked at.
    /// </summary>
    /// <param name="nodes">Each node's level and what it was read from.</param>
    public static void JoinPairs(IReadOnlyList<(PatchLevel Level, ApplianceFacts Facts)> nodes)
    {
        var facts = nodes.Select(n => n.Facts).ToArray();
        var names = Investigation.GatewayNames.Of(facts, given: null);
        var groups = Investigation.GatewayNames.Groups(facts);
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].Level.Gateway = names[i];
        }

        // by what was joined, not by name: names are not unique
        foreach (var pair in nodes.Select((n, i) => (n.Level, n.Facts, Group: groups[i])).Where(n => n.Facts.PeerAddress is not null).GroupBy(n => n.Group).Select(g => g.ToList()))
        {
            foreach (var (level, own, _) in pair)
            {
                level.PairStatus = pair.Min(p => p.Level.Status);
                var peer = pair.FirstOrDefault(p => p.Facts.Nsip == own.PeerAddress).Level;
                level.Notes = level.Notes.Concat(Peer(level, peer, own.PeerAddress!)).ToArray();
            }
        }
    }

    private static IEnumerable<string> Peer(PatchLevel level, PatchLevel? peer, string address)
    {
        var shown = Investigation.SafeText.FromText(address, 60);
        if (peer is null)
        {
            yield return $"The other node of the pair, {shown}, was not looked at: it may run another build.";
        }
        else if (peer.Version != level.Version)
        {
            yield return $"The nodes of the pair differ: {Named(level)} here, {Named(peer)} on {shown}.";
        }
    }

    private static string Named(PatchLevel level) => level.Version.Length > 0 ? level.Version : "no version found";

    /// <summary>The same build in the edition the caller states.</summary>
    public static GatewayVersion WithEdition(GatewayVersion version, GatewayEdition edition) =>
        edition == GatewayEdition.Unknown ? version : new GatewayVersion(version.Branch, version.Train, version.Number, edition);

    private static string? First(List<(VersionObservation Observation, GatewayVersion? Version)> read, VersionRole role) =>
        read.Where(r => r.Observation.Role == role).Select(r => r.Version!.ToString()).FirstOrDefault();

    private static IEnumerable<string> Contradictions(PatchLevel level)
    {
        if (level.Version.Length == 0)
        {
            yield return "No version was found: the head of the configuration is missing or names none.";
        }

        if (level.RunningVersion is { } running && level.NextBootVersion is { } next && !string.Equals(running, next, StringComparison.Ordinal))
        {
            yield return $"{running} runs, {next} would boot next: the node was updated and not restarted, or would go back.";
        }

        if (level.RunningVersion is { } now && level.SavedByVersion is { } saved && !string.Equals(now, saved, StringComparison.Ordinal))
        {
            yield return $"{now} runs, the configuration was last saved by {saved}.";
        }
    }
}
