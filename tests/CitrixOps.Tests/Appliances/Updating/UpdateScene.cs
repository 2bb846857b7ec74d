using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Appliances.Updating;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

/// <summary>A simulated gateway, a package, a folder for receipts, and a run of the update with short limits.</summary>
internal sealed class UpdateScene : IAsyncDisposable
{
    public const string Package131 = "build-13.1-64.29_nc_64.tgz";
    public const string Package141 = "build-14.1-73.46_nc_64.tgz";
    private readonly TemporaryFolder _folder = new();

    private UpdateScene(SimulatorHost host) => Host = host;

    public static byte[] Content { get; } = [31, 139, 8, 0, 1, 2, 3];

    public static string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    public SimulatorHost Host { get; }

    public List<string> Asked { get; } = [];

    public List<string> Notices { get; } = [];

    public string Folder => _folder.Path;

    /// <summary>True where a node showed another certificate: nobody can log out there any more.</summary>
    public bool SessionsMayStay { get; set; }

    public static async Task<UpdateScene> Start(string scenario = "clean-ha-131")
    {
        var scene = new UpdateScene(await SimulatorHost.Start(scenario));
        scene.Host.Nodes.ToList().ForEach(n => n.BootPhaseDuration = TimeSpan.FromMilliseconds(60));
        return scene;
    }

    public string Write(string name, byte[] content) => _folder.File(name, content);

    public UpdatePackage Package(string? name = null) => UpdatePackage.FromFile(_folder.File(name ?? (Host.Nodes[0].Version.StartsWith("14", StringComparison.Ordinal) ? Package141 : Package131), Content), Hash);

    /// <summary>Runs the update in a session of its own, as a person does who runs the command again.</summary>
    public async Task<UpdateResult> Run(Func<string, bool>? confirm = null, bool planOnly = false, UpdatePackage? package = null, Func<UpdateOptions, UpdateOptions>? options = null, TimeSpan? callLimit = null, string? user = null, string? password = null, Func<ConnectOptions, ConnectOptions>? connect = null)
    {
        var trust = new ConnectOptions
        {
            Credential = new NitroCredential(new NetworkCredential(user ?? Host.User, password ?? Host.Password)),
            Pins = Host.Nodes.Select(n => n.Thumbprint).ToArray(),
            BusyPauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)],
            ReadPauses = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5)],
            Timeout = callLimit ?? TimeSpan.FromSeconds(30),
        };
        var (gateways, problems) = await GatewayConnector.ConnectAsync([NitroAddress.Parse(Host.Nodes[0].Uri.Authority)], connect?.Invoke(trust) ?? trust, 4, CancellationToken.None);
        using var gateway = gateways.Count == 1 ? gateways[0] : throw new Errors.CitrixOpsException(problems[0]);
        var how = new UpdateOptions
        {
            ReceiptFolder = System.IO.Path.Combine(_folder.Path, "receipts"),
            Pause = TimeSpan.FromMilliseconds(20),
            BootLimit = TimeSpan.FromSeconds(20),
            InstallLimit = callLimit ?? TimeSpan.FromSeconds(1),
            BackupLimit = callLimit ?? TimeSpan.FromSeconds(10),
            EffectLimit = TimeSpan.FromSeconds(1),
            Notice = Notices.Add,
        };
        Task<bool> Confirm(string target, string action)
        {
            Asked.Add(target + ": " + action);
            return Task.FromResult(confirm?.Invoke(action) ?? true);
        }

        return await new GatewayUpdate(gateway, package ?? Package(), options?.Invoke(how) ?? how, new PatchLevelAssessment(Shipped.Catalogue), Confirm).RunAsync(planOnly, CancellationToken.None);
    }

    /// <summary>What another administrator does on the first node.</summary>
    public async Task Send(NitroCall call)
    {
        var options = new ConnectOptions { Credential = new NitroCredential(new NetworkCredential(Host.User, Host.Password)), Pins = [Host.Nodes[0].Thumbprint] };
        using var connection = new NitroConnection(NitroAddress.Parse(Host.Nodes[0].Uri.Authority), options);
        await connection.SendAsync(call, CancellationToken.None);
    }

    /// <summary>How often a node executed a command that must not be repeated.</summary>
    public int Executed(int node, string operation) => Host.Nodes[node].Counters.Of(operation);

    public async ValueTask DisposeAsync()
    {
        var left = Host.Nodes.Sum(n => n.OpenSessions);
        await Host.DisposeAsync();
        _folder.Dispose();
        Assert.True(left == 0 || SessionsMayStay, $"{left} sessions left");
    }
}
