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
    private const string Folder = "/var/nsinstall";
    private readonly GatewayNode _node;
    private readonly NitroConnection _connection;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;

    public NodeUpdate(GatewayNode node, UpdatePackage package, UpdateOptions options)
    {
        _node = node;
        _connection = Gateway.Open(node);
        _package = package;
        _options = options;
    }

    /// <summary>Whether the build would boot next.</summary>
    public async Task<bool> IsInstalledAsync(CancellationToken cancellationToken) => await VersionAsync(installed: true, cancellationToken).ConfigureAwait(false) == _package.Version.ToString();

    public Task BackUpAsync(string name, CancellationToken cancellationToken) => _connection.SendAsync(NitroCall.Do("systembackup", "create", new JObject { ["filename"] = name, ["level"] = "full" }) with { Timeout = _options.InstallLimit }, cancellationToken);

    /// <summary>Brings the package to the node, unless it is there.</summary>
    public async Task TransferAsync(CancellationToken cancellationToken)
    {
        if (_package.LocalPath is not { } path)
        {
            return;
        }

        var files = new RemoteFiles(_connection, _node.TimeZone);
        if (await SizeAsync(files, cancellationToken).ConfigureAwait(false) is { } there)
        {
            if (there == _package.Size)
            {
                return;
            }

            throw new CitrixOpsException(new Problem("PackageDiffers", ErrorKind.InvalidData, FormattableString.Invariant($"'{_node.Nsip}:{Folder}/{_package.Name}' has {there:N0} bytes, the package has {_package.Size:N0}."), _node.Nsip, "Remove it there, then do it again."));
        }

        if (_package.Size > _options.UploadLimit)
        {
            throw new CitrixOpsException(new Problem("PackageNotThere", ErrorKind.NotSupported, FormattableString.Invariant($"'{_package.Name}' has {_package.Size:N0} bytes and is not on '{_node.Nsip}': the REST API does not take that much."), _node.Nsip, $"Copy it to each node (scp {_package.Name} nsroot@{_node.Nsip}:{Folder}/), then do it again; or give an address with -Uri."));
        }

        var content = Convert.ToBase64String(File.ReadAllBytes(path));
        await _connection.SendAsync(NitroCall.Add("systemfile", new JObject { ["filename"] = _package.Name, ["filelocation"] = Folder, ["filecontent"] = content, ["fileencoding"] = "BASE64" }) with { Timeout = _options.InstallLimit }, cancellationToken).ConfigureAwait(false);
        if (await SizeAsync(files, cancellationToken).ConfigureAwait(false) != _package.Size)
        {
            throw new CitrixOpsException(new Problem("PackageIncomplete", ErrorKind.InvalidData, $"'{_package.Name}' did not arrive whole on '{_node.Nsip}'.", _node.Nsip, "Remove it there and copy it with scp."));
        }
    }

    /// <summary>Installs without a restart.</summary>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connection.SendAsync(new NitroCall { Method = "POST", Type = "install", Body = new JObject { ["url"] = _package.Address?.AbsoluteUri ?? "file://" + Folder + "/" + _package.Name }, Timeout = _options.InstallLimit }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // it may go on by itself: only what would boot next tells
            if (!await WaitAsync(IsInstalledAsync, _options.BootLimit, cancellationToken).ConfigureAwait(false))
            {
                throw new CitrixOpsException(new Problem("OutcomeUnknown", ErrorKind.ConnectionFailed, $"It is not known whether '{_node.Nsip}' installs {_package.Version}: {e.Problem.Message}", _node.Nsip, "Look at the node before you do it again; then run the command again, it goes on from there."), e);
            }
        }

        if (!await IsInstalledAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("InstallIncomplete", ErrorKind.InvalidData, $"'{_node.Nsip}' says that it installed {_package.Version}, and would still boot {await VersionAsync(installed: true, cancellationToken).ConfigureAwait(false)}.", _node.Nsip, "Do not restart it. Look at /var/nsinstall/ns_install.log on the node."));
        }
    }

    /// <summary>Restarts and waits until the build runs.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _connection.SendAsync(new NitroCall { Method = "POST", Type = "reboot", Body = new JObject { ["warm"] = true } }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // the connection breaks when a restart is accepted; what runs afterwards tells
        }

        if (!await WaitAsync(async c => await VersionAsync(installed: false, c).ConfigureAwait(false) == _package.Version.ToString(), _options.BootLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("NodeNotBack", ErrorKind.ConnectionFailed, FormattableString.Invariant($"'{_node.Nsip}' does not run {_package.Version} {_options.BootLimit.TotalMinutes:0.#} minutes after the restart."), _node.Nsip, "Look at its console. The other node was left as it is. Run the command again when the node is back: it goes on from there."));
        }
    }

    /// <summary>Hands the role of primary over, and waits until both nodes say so.</summary>
    public async Task FailOverAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        async Task<bool> HandedOver(CancellationToken c)
        {
            await gateway.RefreshRolesAsync(c).ConfigureAwait(false);
            return string.Equals(_node.Role, "Secondary", StringComparison.OrdinalIgnoreCase) && gateway.Primary is not null;
        }

        try
        {
            await _connection.SendAsync(NitroCall.Do("hafailover", "Force", new JObject { ["force"] = true }), cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // the roles tell
        }

        if (!await WaitAsync(HandedOver, _options.BootLimit, cancellationToken).ConfigureAwait(false))
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

        if (!await WaitAsync(InPlace, _options.BootLimit, cancellationToken).ConfigureAwait(false))
        {
            throw new CitrixOpsException(new Problem("PairNotBack", ErrorKind.ConnectionFailed, $"After the restart of '{_node.Nsip}' the pair has no primary with a secondary.", _node.Nsip, "Look at the pair (show HA node), then run the command again: it goes on from there."));
        }

        if (_node.Version != _package.Version.ToString())
        {
            throw new CitrixOpsException(new Problem("OldBuildRuns", ErrorKind.InvalidData, $"'{_node.Nsip}' runs {_node.Version}, not {_package.Version}.", _node.Nsip, "Look at /flash/boot/loader.conf on the node."));
        }
    }

    private async Task<long?> SizeAsync(RemoteFiles files, CancellationToken cancellationToken) =>
        (await files.ListAsync(Folder, cancellationToken).ConfigureAwait(false))?.FirstOrDefault(f => f.Name == _package.Name)?.Size;

    private async Task<string> VersionAsync(bool installed, CancellationToken cancellationToken)
    {
        var call = installed ? NitroCall.Get("nsversion", null, ("installedversion", "true")) : NitroCall.Get("nsversion");
        var text = NitroReply.Text((await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
        return VersionParser.TryParse(text, out var version, out _) ? version!.ToString() : "";
    }

    // a node that restarts refuses, drops, answers 503, or lets nobody in: all of it passes
    private async Task<bool> WaitAsync(Func<CancellationToken, Task<bool>> seen, TimeSpan limit, CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.UtcNow + limit;
        while (true)
        {
            try
            {
                if (await seen(cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }
            catch (CitrixOpsException e) when (e.Problem.Kind == ErrorKind.ConnectionFailed || e is NitroException { Code: 1027 or 444 or 1131 or 1132 })
            {
                // not back yet
            }

            if (DateTimeOffset.UtcNow >= until)
            {
                return false;
            }

            await Task.Delay(_options.Pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
