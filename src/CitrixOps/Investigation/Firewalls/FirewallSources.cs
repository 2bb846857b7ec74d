using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Firewalls;

/// <summary>
/// Gives the logs of firewalls to the gateways they are searched with: a firewall is no gateway of its own. They come last, when the
/// gateway's addresses are known.
/// </summary>
internal static class FirewallSources
{
    private const int HeadLength = 16 * 1024;

    /// <summary>Groups sources by gateway.</summary>
    /// <param name="surveyed">The sources in the order they were given, each with what it says and its gateway.</param>
    /// <param name="options">The options of the search.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One group for each gateway, in the order of the sources.</returns>
    public static IReadOnlyList<(string Gateway, IReadOnlyList<(ApplianceSource Source, ApplianceFacts Facts)> Sources)> Group(IReadOnlyList<(ApplianceSource Source, ApplianceFacts Facts, string Gateway)> surveyed, InvestigationOptions options, CancellationToken cancellationToken)
    {
        var beside = surveyed.Count < 2 ? new List<(ApplianceSource Source, ApplianceFacts Facts, string Gateway)>() : surveyed.Where(s => IsFirewall(s.Source, s.Facts, options, cancellationToken)).ToList();
        var gateways = surveyed.Where(s => !beside.Contains(s)).ToList();
        if (gateways.Count == 0)
        {
            (gateways, beside) = (beside, gateways);
        }

        return gateways.GroupBy(s => s.Gateway, StringComparer.Ordinal)
            .Select(g => (g.Key, (IReadOnlyList<(ApplianceSource, ApplianceFacts)>)g.Concat(beside).Select(s => (s.Source, s.Facts)).ToArray())).ToArray();
    }

    // loose files of which every one is the log of a firewall, by name or by content
    private static bool IsFirewall(ApplianceSource source, ApplianceFacts facts, InvestigationOptions options, CancellationToken cancellationToken)
    {
        if (source.Kind != SourceKind.LooseFiles || facts.Configuration is not null)
        {
            return false;
        }

        var any = false;
        foreach (var file in source.Files(cancellationToken))
        {
            if (TypeOf(file, options.LogType) is not { } type || !LogTypes.IsFirewall(type))
            {
                return false;
            }

            any = true;
        }

        return any;
    }

    private static string? TypeOf(ApplianceFile file, string? logType)
    {
        if (LogFile.FromName(file, logType) is { } named)
        {
            return named.Format.LogType;
        }

        try
        {
            using var reader = new LogLineReader(file.OpenRead(), file.ToString());
            return LogFile.FromContent(file, reader.Peek(HeadLength))?.Format.LogType;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            // the search reports it
            return null;
        }
    }
}
