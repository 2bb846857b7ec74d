using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace CitrixOps.Simulator.Hosting;

/// <summary>
/// The users' side, for real: each VIP and port answers on two loopback ports, one as if the caller came from outside, one as if from
/// inside. TCP only; where the gateway would not answer, the connection is taken and stays silent.
/// </summary>
internal sealed class TrafficServer : IAsyncDisposable
{
    private const int MostListeners = 64;
    private readonly WebApplication _application;

    private TrafficServer(Pair pair, IReadOnlyList<TrafficPort> ports)
    {
        Ports = ports;
        var certificate = Certificates.Create("gateway.example");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var port in ports)
            {
                kestrel.Listen(IPAddress.Loopback, port.LocalPort, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(next => connection => Admit(pair, port, connection, next));
                    if (port.IsTls)
                    {
                        listen.UseHttps(certificate);
                    }
                });
            }
        });
        _application = builder.Build();
        _application.Run(context => Serve(pair, ports.First(p => p.LocalPort == context.Connection.LocalPort), context));
    }

    public IReadOnlyList<TrafficPort> Ports { get; }

    public static async Task<TrafficServer> Start(Pair pair, IPAddress outside, IPAddress inside)
    {
        var node = pair.Primary ?? pair.Nodes[0];
        var ports = new List<TrafficPort>();
        foreach (var server in Pair.Partitions(node).SelectMany(p => VirtualServers.All(node.Running, p)).Where(v => !v.IsUdp && int.TryParse(v.Row.Text("port"), out var port) && port is > 0 and < 65535))
        {
            foreach (var address in server.Addresses.Take(4))
            {
                foreach (var (source, isInside) in new[] { (outside, false), (inside, true) })
                {
                    if (ports.Count < MostListeners && address.Contains(':', StringComparison.Ordinal) == source.ToString().Contains(':', StringComparison.Ordinal))
                    {
                        ports.Add(new TrafficPort(address, int.Parse(server.Row.Text("port")!, System.Globalization.CultureInfo.InvariantCulture), isInside, source, FreePort.Next(), server.Row.Text("servicetype") is "SSL" or "SSL_TCP" or "SSL_BRIDGE"));
                    }
                }
            }
        }

        var started = new TrafficServer(pair, ports);
        await started._application.StartAsync();
        return started;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static async Task Admit(Pair pair, TrafficPort port, ConnectionContext connection, ConnectionDelegate next)
    {
        switch (Ask(pair, port, "/").Outcome)
        {
            case Outcome.Refused:
                connection.Abort();
                return;
            case Outcome.NoAnswer:
                await Silence(connection.ConnectionClosed);
                return;
            default:
                await next(connection);
                return;
        }
    }

    private static async Task Serve(Pair pair, TrafficPort port, HttpContext context)
    {
        var answer = Ask(pair, port, context.Request.Path + context.Request.QueryString);
        switch (answer.Outcome)
        {
            case Outcome.Answered:
                break;
            case Outcome.ResetAfterTls or Outcome.Refused:
                context.Abort();
                return;
            default:
                await Silence(context.RequestAborted);
                return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.Status == 302)
        {
            context.Response.Headers.Location = answer.Body;
            return;
        }

        byte[] body;
        lock (pair.Gate)
        {
            body = context.Request.Path == PublicPages.StampFile && answer.Status == 200 ? PublicPages.Stamped(pair.Primary!) : Encoding.UTF8.GetBytes(answer.Body);
        }

        context.Response.ContentType = context.Request.Path == PublicPages.StampFile ? "application/x-gzip" : "text/html; charset=utf-8";
        await context.Response.Body.WriteAsync(body);
    }

    private static Answer Ask(Pair pair, TrafficPort port, string url)
    {
        lock (pair.Gate)
        {
            return Reachability.Ask(pair, new Packet(port.Source, IPAddress.Parse(port.Address), port.Port, Url: url));
        }
    }

    private static async Task Silence(CancellationToken closed)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(2), closed);
        }
        catch (OperationCanceledException)
        {
            // the caller gave up
        }
    }
}
