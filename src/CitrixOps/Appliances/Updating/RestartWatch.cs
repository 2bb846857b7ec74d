using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Updating;

/// <summary>
/// Watches a node restart. Tells a node that came back with the build from one that came back with the old one, from one that never went
/// away, and from one that does not come back.
/// </summary>
internal sealed class RestartWatch
{
    // some builds reckon the start from the time they are up: it wavers by seconds
    private static readonly TimeSpan Wavering = TimeSpan.FromMinutes(1);
    private readonly GatewayNode _node;
    private readonly NitroConnection _connection;
    private readonly string _build;
    private readonly UpdateOptions _options;
    private DateTime? _startBefore;
    private bool _wasAway;

    public RestartWatch(GatewayNode node, string build, UpdateOptions options)
    {
        _node = node;
        _connection = Gateway.Open(node);
        _build = build;
        _options = options;
    }

    /// <summary>Notes since when the node runs.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) => _startBefore = await StartAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Waits until the build runs.</summary>
    /// <exception cref="CitrixOpsException"><c>RestartNotSeen</c>, <c>OldBuildRuns</c>, <c>NodeNotBack</c>.</exception>
    public async Task UntilBackAsync(CancellationToken cancellationToken)
    {
        var asked = DateTimeOffset.UtcNow;
        var seen = await new Waiting(_options.Pause).UntilAsync(c => IsBackAsync(asked, c), _options.BootLimit, cancellationToken).ConfigureAwait(false);
        if (!seen)
        {
            throw Failure("NodeNotBack", ErrorKind.ConnectionFailed, FormattableString.Invariant($"'{_node.Nsip}' does not run {_build} {_options.BootLimit.TotalMinutes:0.#} minutes after the restart."), "Look at its console. The other node was left as it is. Run the command again when the node is back: it goes on from there.");
        }
    }

    private async Task<bool> IsBackAsync(DateTimeOffset asked, CancellationToken cancellationToken)
    {
        string version;
        try
        {
            version = NodeFacts.Text((await _connection.SendAsync(NitroCall.Get("nsversion"), cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
        }
        catch (CitrixOpsException e) when (Waiting.Passes(e))
        {
            _wasAway = true;
            throw;
        }

        if (VersionParser.TryParse(version, out var runs, out _) && runs!.ToString() == _build)
        {
            return true;
        }

        var start = await StartAsync(cancellationToken).ConfigureAwait(false);
        if (start is { } now && _startBefore is { } before && (now - before).Duration() > Wavering)
        {
            throw Failure("OldBuildRuns", ErrorKind.InvalidData, $"'{_node.Nsip}' was restarted and runs {runs}, not {_build}.", "Look at /flash/boot/loader.conf on the node. The other node was left as it is.");
        }

        if (!_wasAway && DateTimeOffset.UtcNow - asked > _options.EffectLimit)
        {
            throw Failure("RestartNotSeen", ErrorKind.InvalidData, $"'{_node.Nsip}' was told to restart and did not go away: it still runs {runs}.", "Run the command again: it goes on from there.");
        }

        return false;
    }

    // the node's own time, for comparison with itself: Tue Nov 10 03:12:44 2026
    private async Task<DateTime?> StartAsync(CancellationToken cancellationToken)
    {
        var stat = (await _connection.SendAsync(NitroCall.Get("system") with { IsStat = true }, cancellationToken).ConfigureAwait(false)).Single("system");
        var words = NodeFacts.Text(stat["starttime"]).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 5 && DateTime.TryParseExact($"{words[1]} {words[2]} {words[4]} {words[3]}", "MMM d yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? start : null;
    }

    private CitrixOpsException Failure(string id, ErrorKind kind, string message, string recommendation) => new(new Problem(id, kind, message, _node.Nsip, recommendation));
}
