using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Logs.Times;

namespace CitrixOps.Access.Sessions;

/// <summary>
/// Says since when sessions are there. The session tables hold no time; ns.log has the logons and the starts of ICA connections, as long as
/// it was not turned over. What it does not say stays unknown, with the reason.
/// </summary>
public sealed class SessionOrigins
{
    private const string Folder = "/var/log";
    private readonly Gateway _gateway;

    /// <summary>Makes one.</summary>
    /// <param name="gateway">The gateway.</param>
    public SessionOrigins(Gateway gateway) => _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));

    /// <summary>The most files that are read on a node, the newest first: each is a call.</summary>
    public int MostFiles { get; init; } = 8;

    /// <summary>Adds the beginnings.</summary>
    /// <param name="list">A listing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The listing, with what is known. A log that cannot be read is no failure.</returns>
    public async Task<UserSessionList> AddAsync(UserSessionList list, CancellationToken cancellationToken)
    {
        _ = list ?? throw new ArgumentNullException(nameof(list));
        var nodes = _gateway.Nodes.Where(n => list.Sessions.Any(s => s.Node == n.Nsip)).ToArray();
        var known = await Task.WhenAll(nodes.Select(n => OnAsync(n, list.Sessions.Where(s => s.Node == n.Nsip).ToArray(), cancellationToken))).ConfigureAwait(false);
        return nodes.Length == 0 ? list : list with { Sessions = known.SelectMany(k => k).Concat(list.Sessions.Where(s => nodes.All(n => n.Nsip != s.Node))).ToArray() };
    }

    private async Task<IReadOnlyList<UserSession>> OnAsync(GatewayNode node, IReadOnlyList<UserSession> sessions, CancellationToken cancellationToken)
    {
        var log = new LogonLog();
        var known = sessions;
        string? why = null;
        try
        {
            var files = new RemoteFiles(Gateway.Open(node), node.TimeZone);
            var logs = (await files.ListAsync(Folder, cancellationToken).ConfigureAwait(false) ?? Array.Empty<RemoteFile>())
                .Where(f => !f.IsFolder && RotationOrder.Split(f.Name).Stem == "ns.log").OrderBy(f => RotationOrder.Split(f.Name).Index).ToArray();
            foreach (var file in logs.Take(MostFiles))
            {
                log.Read(await files.ReadAsync(file, cancellationToken).ConfigureAwait(false), file.Name, TimeZones.FindOrNull(ApplianceZone.Name(node.TimeZone)), file.Modified);
                known = With(sessions, log);
                if (known.All(s => s.SinceSource == SinceSource.SessionRecord))
                {
                    break;
                }
            }
        }
        catch (CitrixOpsException e)
        {
            why = e.Problem.Message;
        }

        var read = log.Begins is { } begins ? FormattableString.Invariant($"no record of it in ns.log from {begins.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z on") : "ns.log was not read";
        return known.Select(s => s.Since is null ? s with { SinceDetail = why is null ? read : read + ": " + why } : s).ToArray();
    }

    private static IReadOnlyList<UserSession> With(IReadOnlyList<UserSession> sessions, LogonLog log)
    {
        // several sessions of one user from one address: the newest logons are theirs
        var taken = new Dictionary<(string, string), int>();
        return sessions.Select(s =>
        {
            if (s.Kind == UserSessionKind.Ica && log.Start(s) is { } start)
            {
                return Known(s, start, SinceSource.SessionRecord, "ICASTART in ns.log");
            }

            var logons = log.Logons(s.RawUserName, s.SourceAddress);
            if (s.Kind != UserSessionKind.Aaa)
            {
                return logons.Count > 0 ? Known(s, logons[logons.Count - 1], SinceSource.UserLogon, "no older than the user's logon from that address in ns.log") : s;
            }

            var key = (s.UserName, s.SourceAddress);
            taken.TryGetValue(key, out var number);
            taken[key] = number + 1;
            return number < logons.Count ? Known(s, logons[number], SinceSource.SessionRecord, "LOGIN in ns.log") : s;
        }).ToArray();
    }

    private static UserSession Known(UserSession session, DateTimeOffset since, SinceSource source, string detail) => session with { Since = since, SinceSource = source, SinceDetail = detail };
}
