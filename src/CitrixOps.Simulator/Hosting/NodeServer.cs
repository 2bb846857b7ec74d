using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using CitrixOps.Simulator.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace CitrixOps.Simulator.Hosting;

/// <summary>The management address of one node: HTTPS, HTTP/1.1 only, a certificate nobody trusts.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private volatile X509Certificate2 _certificate;

    private NodeServer(Pair pair, Node node, int port)
    {
        _certificate = Certificates.Create("default");
        Node = node;
        Endpoint = new NitroEndpoint(pair, node, () => _certificate = Certificates.Create("default"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 << 20;
            kestrel.Listen(IPAddress.Parse(node.Address), port, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection =>
                {
                    node.Counters.Connected();
                    return next(connection);
                });
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, _) => _certificate });
            });
        });
        _application = builder.Build();
        _application.Run(Endpoint.Answer);
    }

    public Node Node { get; }

    public NitroEndpoint Endpoint { get; }

    public string Thumbprint => Certificates.Sha256(_certificate);

    public static async Task<NodeServer> Start(Pair pair, Node node, int port)
    {
        var server = new NodeServer(pair, node, port);
        await server._application.StartAsync();
        return server;
    }

    public void ChangeCertificate() => _certificate = Certificates.Create("default");

    public async ValueTask DisposeAsync()
    {
        using var soon = new System.Threading.CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await _application.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // connections that were kept open
        }

        await _application.DisposeAsync();
    }
}
