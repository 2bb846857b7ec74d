using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Updating;

/// <summary>The single steps on one node. A step whose answer did not come is never repeated blindly: it is looked whether it took effect.</summary>
internal sealed class NodeUpdate
{
    /// <summary>Where packages lie on the appliance.</summary>
    public const string Folder = "/var/nsinstall";

    private const int Rebooting = 1132;
    private const string BackupFolder = "/var/ns_sys_backup";
    private readonly GatewayNode _node;
    private readonly NitroConnection _connection;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;
    private readonly Waiting _waiting;
    private readonly string _build;

    public NodeUpdate(GatewayNode node, UpdatePackage package, UpdateOptions options)
    {
        _node = node;
        _connection = Gateway.Open(node);
        _package = package;
        _options = options;
        _waiting = new Waiting(options.Pause);
        _build = package.Version.ToString();
    }

    /// <summary>Whether the build would boot next.</summary>
    public async Task<bool> IsInstalledAsync(CancellationToken cancellationToken) => await VersionAsync(installed: true, cancellationToken).ConfigureAwait(false) == _build;

    /// <summary>Backs the configuration up on the node.</summary>
    public async Task BackUpAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await _connection.SendAsync(NitroCall.Do("systembackup", "create", new JObject { ["filename"] = name, ["level"] = "full" }) with { Timeout = _options.BackupLimit }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            async Task<bool> IsThere(CancellationToken c) => (await Files().ListAsync(BackupFolder, c).ConfigureAwait(false))?.Any(f => f.Name == name + ".tgz" && f.Size > 0) == true;
            if (!await _waiting.UntilAsync(IsThere, _options.EffectLimit, cancellationToken).ConfigureAwait(false))
            {
                throw new CitrixOpsException(new Problem("BackupNotSeen", ErrorKind.ConnectionFailed, $"'{_node.Nsip}' shows no backup {BackupFolder}/{name}.tgz: {e.Problem.Message}", _node.Nsip, "Run the command again: it makes another one. Nothing else was changed."), e);
            }
        }
    }

    /// <summary>Brings the package to the node, unless it is there.</summary>
    public async Task TransferAsync(CancellationToken cancellationToken)
    {
        if (_package.LocalPath is not { } path || await IsPackageThereAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var content = Convert.ToBase64String(File.ReadAllBytes(path));
        try
        {
            await _connection.SendAsync(NitroCall.Add("systemfile", new JObject { ["filename"] = _package.Name, ["filelocation"] = Folder, ["filecontent"] = content, ["fileencoding"] = "BASE64" }) with { Timeout = _options.InstallLimit }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            if (!await _waiting.UntilAsync(IsPackageThereAsync, _options.EffectLimit, cancellationToken).ConfigureAwait(false))
            {
                throw new CitrixOpsException(new Problem("PackageNotSeen", ErrorKind.ConnectionFailed, $"'{_package.Name}' did not arrive on '{_node.Nsip}': {e.Problem.Message}", _node.Nsip, "Run the command again, or copy the package with scp. Nothing was installed."), e);
            }
        }

        if (!await IsPackageThereAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("PackageIncomplete", ErrorKind.InvalidData, $"'{_package.Name}' did not arrive whole on '{_node.Nsip}'.", _node.Nsip, "Remove it there and copy it with scp."));
        }
    }

    /// <summary>Installs without a restart.</summary>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        var limit = _options.EffectLimit;
        try
        {
            var reply = await _connection.SendAsync(new NitroCall { Method = "POST", Type = "install", Body = new JObject { ["url"] = _package.Address?.AbsoluteUri ?? "file://" + Folder + "/" + _package.Name }, Timeout = _options.InstallLimit }, cancellationToken).ConfigureAwait(false);

            // an answer with the number of a job comes before the job is done
            limit = reply.Single("install")["id"] is null ? limit : _options.InstallLimit;
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // it may go on by itself: only what would boot next tells
            if (!await AwaitInstalledAsync(DateTimeOffset.UtcNow + _options.InstallLimit, "No answer to the installation came", cancellationToken).ConfigureAwait(false))
            {
                throw new CitrixOpsException(new Problem("OutcomeUnknown", ErrorKind.ConnectionFailed, $"It is not known whether '{_node.Nsip}' installs {_build}: {e.Problem.Message}", _node.Nsip, "Look at the node before you do it again; then run the command again, it goes on from there."), e);
            }
        }

        if (!await _waiting.UntilAsync(IsInstalledAsync, limit, cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("InstallIncomplete", ErrorKind.InvalidData, $"'{_node.Nsip}' says that it installed {_build}, and would still boot {await VersionAsync(installed: true, cancellationToken).ConfigureAwait(false)}.", _node.Nsip, $"Do not restart it. Look at {Folder} on the node, then run the command again."));
        }
    }

    /// <summary>Waits for an installation that is under way.</summary>
    public Task<bool> AwaitInstalledAsync(DateTimeOffset until, string why, CancellationToken cancellationToken)
    {
        _options.Notice?.Invoke(FormattableString.Invariant($"'{_node.Nsip}': {why}. It may go on by itself: looking until {until:HH:mm}Z whether {_build} would boot next. Ctrl+C stops the looking, not the node."));
        return _waiting.UntilAsync(IsInstalledAsync, until - DateTimeOffset.UtcNow, cancellationToken);
    }

    /// <summary>Restarts and waits until the build runs.</summary>
    public async Task RestartAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        // roles may have changed since the confirmation: a primary is never restarted beside a partner that waits
        await gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
        if (gateway.Nodes.Count > 1 && _node.IsPrimary)
        {
            throw new CitrixOpsException(new Problem("RoleChanged", ErrorKind.ConnectionFailed, $"'{_node.Nsip}' has become the primary node meanwhile: it is not restarted.", _node.Nsip, "Look at the pair (show HA node), then run the command again: it goes on from there."));
        }

        var watch = new RestartWatch(_node, _build, _options);
        await watch.BeginAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _connection.SendAsync(new NitroCall { Method = "POST", Type = "reboot", Body = new JObject { ["warm"] = true } }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown || e.Code == Rebooting)
        {
            // the connection breaks when a restart is accepted, or one is under way; what runs afterwards tells
        }

        await watch.UntilBackAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hands the role of primary over, and waits until both nodes say so.</summary>
    public async Task FailOverAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        async Task<bool> HandedOver(CancellationToken c)
        {
            await gateway.RefreshRolesAsync(c).ConfigureAwait(false);
            return string.Equals(_node.Role, "Secondary", StringComparison.OrdinalIgnoreCase) && gateway.Primary is not null;
        }

        // it may have happened by itself since the confirmation: a second one would take it back
        if (await HandedOver(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await _connection.SendAsync(NitroCall.Do("hafailover", "Force", new JObject { ["force"] = true }), cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // the roles tell
        }

        if (!await _waiting.UntilAsync(HandedOver, _options.EffectLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("FailoverNotSeen", ErrorKind.ConnectionFailed, $"'{_node.Nsip}' is still primary after the failover.", _node.Nsip, "Look at the pair (show HA node), then run the command again."));
        }
    }

    /// <summary>Looks whether the node runs the build and has its place in the pair.</summary>
    public async Task VerifyAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        async Task<bool> InPlace(CancellationToken c)
        {
            await gateway.RefreshAsync(c).ConfigureAwait(false);
            return gateway.Nodes.Count == 1 || (gateway.Primary is not null && gateway.Nodes.Any(n => string.Equals(n.Role, "Secondary", StringComparison.OrdinalIgnoreCase)));
        }

        if (!await _waiting.UntilAsync(InPlace, _options.BootLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("PairNotBack", ErrorKind.ConnectionFailed, $"After the restart of '{_node.Nsip}' the pair has no primary with a secondary.", _node.Nsip, "Look at the pair (show HA node), then run the command again: it goes on from there."));
        }

        if (_node.Version != _build)
        {
            throw new CitrixOpsException(new Problem("OldBuildRuns", ErrorKind.InvalidData, $"'{_node.Nsip}' runs {_node.Version}, not {_build}.", _node.Nsip, "Look at /flash/boot/loader.conf on the node."));
        }
    }

    /// <summary>The size of the package on the node, or null.</summary>
    public async Task<long?> SizeAsync(CancellationToken cancellationToken) =>
        (await Files().ListAsync(Folder, cancellationToken).ConfigureAwait(false))?.FirstOrDefault(f => f.Name == _package.Name)?.Size;

    private async Task<bool> IsPackageThereAsync(CancellationToken cancellationToken) => await SizeAsync(cancellationToken).ConfigureAwait(false) == _package.Size;

    private RemoteFiles Files() => new(_connection, _node.TimeZone);

    private async Task<string> VersionAsync(bool installed, CancellationToken cancellationToken)
    {
        var call = installed ? NitroCall.Get("nsversion", null, ("installedversion", "true")) : NitroCall.Get("nsversion");
        var text = NitroReply.Text((await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
        return VersionParser.TryParse(text, out var version, out _) ? version!.ToString() : "";
    }
}
