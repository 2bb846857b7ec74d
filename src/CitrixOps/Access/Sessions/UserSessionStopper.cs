using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Sessions;

/// <summary>
/// Ends sessions of users on every node, because a pair does not pass that on. A kill answers success whether or not anything was ended,
/// so it is listed again afterwards, and repeated while sessions remain.
/// </summary>
public sealed class UserSessionStopper
{
    // another kill is being worked on; the configuration is being changed
    private static readonly int[] Pending = { 2653, 2657, 293 };

    // no such session or user: what was wanted
    private static readonly int[] NothingThere = { 258, 344, 356, 1067, 1088, 1232, 1240, 2626 };
    private readonly Gateway _gateway;
    private readonly UserSessionReader _reader;
    private readonly PersistenceTable _persistence;

    /// <summary>Makes a stopper.</summary>
    /// <param name="gateway">The gateway.</param>
    public UserSessionStopper(Gateway gateway)
    {
        _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));
        _reader = new UserSessionReader(gateway);
        _persistence = new PersistenceTable(gateway);
    }

    /// <summary>The most files of logs that are read on a node to say since when the sessions are there; 0 for none.</summary>
    public int MostLogs { get; init; } = 8;

    /// <summary>Pauses before a kill that has to wait for another one is tried again, and before sessions that remain are killed again.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = new[] { 0.25, 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds).ToArray();

    /// <summary>Ends sessions and looks whether they are gone.</summary>
    /// <param name="first">What was listed before.</param>
    /// <param name="selection">Which of them.</param>
    /// <param name="keep">Records what is about to be ended, each time sessions are seen that were not seen before; where it throws nothing is ended.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it came to.</returns>
    public async Task<UserSessionStop> StopAsync(UserSessionList first, UserSessionSelection selection, Action<UserSessionList> keep, CancellationToken cancellationToken)
    {
        _ = first ?? throw new ArgumentNullException(nameof(first));
        _ = selection ?? throw new ArgumentNullException(nameof(selection));
        _ = keep ?? throw new ArgumentNullException(nameof(keep));
        first = await WithNewcomersAsync(first, selection, cancellationToken).ConfigureAwait(false);
        var problems = new List<Problem>(first.Problems);
        first = await DatedAsync(first, cancellationToken).ConfigureAwait(false);
        if (selection.ClearPersistence)
        {
            first = first with { Persistence = await _persistence.ListAsync(problems, cancellationToken).ConfigureAwait(false) };
        }

        keep(first);
        var seen = first.Sessions.ToLookup(s => s.Identity).ToDictionary(g => g.Key, g => g.First());
        var meant = first.Sessions.Where(selection.Includes).ToArray();
        var now = first;
        for (var round = 0; ; round++)
        {
            problems.AddRange(await KillAsync(now, selection, again: round > 0, cancellationToken).ConfigureAwait(false));
            now = await _reader.ListAsync(selection.Kinds, now, cancellationToken).ConfigureAwait(false);
            var there = now.Sessions.Where(selection.Includes).ToArray();
            if (there.Length == 0 || round >= Pauses.Count)
            {
                var cleared = selection.ClearPersistence ? await _persistence.ClearAsync(first.Persistence, problems, cancellationToken).ConfigureAwait(false) : (int?)null;
                return Result(meant, there, now, selection, problems) with { PersistenceCleared = cleared };
            }

            if (there.Any(s => !seen.ContainsKey(s.Identity)))
            {
                keep(await DatedAsync(now, cancellationToken).ConfigureAwait(false));
                foreach (var session in now.Sessions)
                {
                    seen[session.Identity] = session;
                }
            }

            await Task.Delay(Pauses[round], cancellationToken).ConfigureAwait(false);
        }
    }

    // somebody may have logged on while it was asked whether to go on: what is about to be ended is recorded, and what was there at first
    private async Task<UserSessionList> WithNewcomersAsync(UserSessionList first, UserSessionSelection selection, CancellationToken cancellationToken)
    {
        // who opens a PCoIP or RDP connection logs on first, and is seen by that
        var kinds = selection.Kinds.Where(k => k is UserSessionKind.Aaa or UserSessionKind.Ica || !selection.Kinds.Contains(UserSessionKind.Aaa)).ToArray();
        var now = await _reader.ListAsync(kinds, first, cancellationToken, rolesKnown: true).ConfigureAwait(false);
        var known = new HashSet<(string, UserSessionKind, string, string, string, int, string, int)>(first.Sessions.Select(s => s.Identity));
        var newcomers = now.Sessions.Where(s => !known.Contains(s.Identity)).ToArray();
        return first with
        {
            Sessions = newcomers.Length == 0 ? first.Sessions : first.Sessions.Concat(newcomers).ToArray(),
            NotListed = first.NotListed.Where(n => !kinds.Contains(n.Kind)).Concat(now.NotListed).Distinct().ToArray(),
            Problems = first.Problems.Concat(now.Problems).GroupBy(p => (p.Id, p.Message)).Select(g => g.First()).ToArray(),
            Absent = now.Absent,
        };
    }

    // all that can be said about them, before they are gone
    private async Task<UserSessionList> DatedAsync(UserSessionList list, CancellationToken cancellationToken) =>
        MostLogs > 0 ? await new SessionOrigins(_gateway) { MostFiles = MostLogs }.AddAsync(list, cancellationToken).ConfigureAwait(false) : list;

    private async Task<IEnumerable<Problem>> KillAsync(UserSessionList list, UserSessionSelection selection, bool again, CancellationToken cancellationToken) =>
        (await Task.WhenAll(_gateway.Nodes.Select(n => KillOnAsync(n, list, selection, again, cancellationToken))).ConfigureAwait(false)).SelectMany(p => p);

    // one after the other: a node works on one kill at a time
    private async Task<List<Problem>> KillOnAsync(GatewayNode node, UserSessionList list, UserSessionSelection selection, bool again, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        foreach (var kind in selection.Kinds)
        {
            if (!selection.EvenUnlisted && list.NotListed.Contains((node.Nsip, kind)))
            {
                problems.Add(new Problem("SessionsNotListed", ErrorKind.SecurityRefusal, $"The {kind} sessions of '{node.Address}' could not be listed and were not ended: they would leave no record.", node.Address, "Give the account the right to list them, or repeat with -Force to end them unrecorded."));
                continue;
            }

            if (list.Absent.Contains((node.Nsip, kind)))
            {
                continue;
            }

            foreach (var body in Bodies(node, kind, list, selection, again))
            {
                try
                {
                    await KillAsync(node, NitroCall.Do(UserSessionTypes.KillType(kind), "kill", body) with { Accepts = NothingThere }, cancellationToken).ConfigureAwait(false);
                }
                catch (NitroException e) when (e.Delivery == Delivery.Unknown)
                {
                    // listing again tells what became of it
                }
                catch (CitrixOpsException e)
                {
                    problems.Add(e.Problem);
                }
            }
        }

        return problems;
    }

    private async Task KillAsync(GatewayNode node, NitroCall call, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Gateway.Open(node).SendAsync(call, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NitroException e) when (Pending.Contains(e.Code) && attempt < Pauses.Count)
            {
                await Task.Delay(Pauses[attempt], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // the primary is told to end all of a kind whether or not some were listed; the other node, which nobody logs on to, only what it has
    private IEnumerable<JObject> Bodies(GatewayNode node, UserSessionKind kind, UserSessionList list, UserSessionSelection selection, bool again)
    {
        var there = list.Sessions.Where(s => s.Node == node.Nsip && s.Kind == kind && selection.Includes(s)).ToArray();
        if (selection.User is not null)
        {
            return there.Select(s => s.RawUserName).Distinct(StringComparer.OrdinalIgnoreCase).Select(u => new JObject { ["username"] = u });
        }

        if (there.Length == 0 && (again || node != _gateway.Primary) && !list.NotListed.Contains((node.Nsip, kind)))
        {
            return Array.Empty<JObject>();
        }

        // DTLS sessions that outlived the kill of all are named on their own
        return there.Length > 0 && there.All(s => s.Transport == "UDP")
            ? new[] { new JObject { ["all"] = true }, new JObject { ["all"] = true, ["transproto"] = "UDP" } }
            : new[] { new JObject { ["all"] = true } };
    }

    private UserSessionStop Result(UserSession[] meant, UserSession[] there, UserSessionList after, UserSessionSelection selection, List<Problem> problems)
    {
        problems.AddRange(after.Problems);
        var present = new HashSet<(string, UserSessionKind, string, string, string, int, string, int)>(there.Select(s => s.Identity));

        // what could not be listed again may still be there
        bool IsGone(UserSession s) => !present.Contains(s.Identity) && !after.NotListed.Contains((s.Node, s.Kind));
        var gone = meant.Where(IsGone).ToArray();
        var remaining = meant.Length - gone.Length;
        var appeared = there.Count(s => meant.All(m => m.Identity != s.Identity));
        if (remaining > 0 || appeared > 0)
        {
            problems.Add(new Problem("SessionsRemain", ErrorKind.ReadFailed, $"'{_gateway.Name}' still has {remaining} of the sessions, and {appeared} that came up meanwhile.", _gateway.Name, appeared > 0 ? "Close the way in first (Disable-ExternalAccess), then end the sessions again." : "End them again; if they stay, restart the node."));
        }

        return new UserSessionStop
        {
            Gateway = _gateway.Name,
            Found = meant.Length,
            Ended = gone.Length,
            Remaining = remaining,
            Appeared = appeared,
            Aaa = gone.Count(s => s.Kind == UserSessionKind.Aaa),
            Ica = gone.Count(s => s.Kind == UserSessionKind.Ica),
            Pcoip = gone.Count(s => s.Kind == UserSessionKind.Pcoip),
            Rdp = gone.Count(s => s.Kind == UserSessionKind.Rdp),
            Verified = there.Length == 0 && !after.NotListed.Any(n => selection.Kinds.Contains(n.Kind)) && _gateway.Ha != "PairIncomplete",
            Nodes = after.Nodes,
            Sessions = meant,
            StillThere = there,
            Problems = problems.GroupBy(p => (p.Id, p.Message)).Select(g => g.First()).ToArray(),
            FinishedAt = DateTimeOffset.UtcNow,
        };
    }
}
