using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Traffic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CitrixOps.Simulator.Hosting;

/// <summary>The same control over plain HTTP on loopback, for tests and rehearsals in another process.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };
    private readonly WebApplication _application;

    private ControlServer(SimulatorHost host, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _application = builder.Build();
        _application.Run(async context =>
        {
            try
            {
                await Answer(host, context);
            }
            catch (Exception e) when (e is ArgumentException or FormatException or JsonException or OverflowException)
            {
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(e.Message + "\n");
            }
        });
    }

    public Uri Uri { get; private set; } = new("http://127.0.0.1/");

    public static async Task<ControlServer> Start(SimulatorHost host, int port)
    {
        var server = new ControlServer(host, port);
        await server._application.StartAsync();
        server.Uri = new Uri(server._application.Urls.First() + "/");
        return server;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static async Task Answer(SimulatorHost host, HttpContext context)
    {
        var query = new ControlQuery(host, context.Request.Query);
        switch (context.Request.Method + " " + context.Request.Path.Value?.Trim('/'))
        {
            case "GET ":
                await Json(context, State(host));
                return;
            case "GET ask":
                await Json(context, host.Ask(new Packet(query.Address("from"), query.Address("to"), query.Number("port", 443), query.Flag("udp"), query.Text("url") ?? "/", query.Text("host") ?? "")));
                return;
            case "GET configuration":
                await context.Response.WriteAsync(query.Flag("saved") ? query.Node.SavedConfiguration : query.Node.RunningConfiguration);
                return;
            case "GET objects":
                await Json(context, query.Node.Objects(query.Required("type"), query.Text("partition") ?? "default"));
                return;
            case "GET file":
                var file = query.Node.ReadFile(query.Required("path"));
                context.Response.StatusCode = file is null ? 404 : 200;
                await context.Response.Body.WriteAsync(file ?? []);
                return;
            case "PUT file":
                using (var content = new MemoryStream())
                {
                    await context.Request.Body.CopyToAsync(content);
                    query.Node.PutFile(query.Required("path"), content.ToArray());
                }

                break;
            case "POST object":
                var values = await JsonSerializer.DeserializeAsync<Dictionary<string, JsonNode>>(context.Request.Body, Format) ?? [];
                query.Node.Put(query.Required("type"), values.ToDictionary(v => v.Key, v => v.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : v.Value.ToJsonString()), query.Text("partition") ?? "default");
                break;
            default:
                if (!Command(host, context.Request, query))
                {
                    context.Response.StatusCode = 404;
                    return;
                }

                break;
        }

        await context.Response.WriteAsync("done\n");
    }

    private static bool Command(SimulatorHost host, HttpRequest request, ControlQuery query)
    {
        switch (request.Method + " " + request.Path.Value?.Trim('/'))
        {
            case "POST fault":
                query.Node.Faults.Add(new Fault
                {
                    Kind = Enum.Parse<FaultKind>(query.Required("kind"), ignoreCase: true),
                    Method = query.Text("method") ?? "",
                    Type = query.Text("type") ?? "",
                    Action = query.Text("action") ?? "",
                    After = query.Number("after", 0),
                    Times = query.Number("times", 1),
                    Delay = TimeSpan.FromMilliseconds(query.Number("delay", 1000)),
                    Code = query.Number("code", 0),
                });
                return true;
            case "DELETE fault":
                query.Node.Faults.Clear();
                return true;
            case "POST advance":
                host.Advance(TimeSpan.FromSeconds(query.Number("seconds", 0)));
                return true;
            case "POST skew":
                query.Node.SetSkew(TimeSpan.FromSeconds(query.Number("seconds", 0)));
                return true;
            case "POST latency":
                host.Latency = TimeSpan.FromMilliseconds(query.Number("milliseconds", 0));
                return true;
            case "POST failover":
                host.Failover();
                return true;
            case "POST propagation":
                host.FailPropagation(query.Number("code", 347));
                return true;
            case "POST ha":
                query.Node.SetHa(query.Text("sync") ?? "ENABLED", query.Text("propagation") ?? "ENABLED");
                return true;
            case "POST sessions":
                query.Node.MaximumSessions = query.Number("maximum", 20);
                return true;
            case "DELETE sessions":
                query.Node.KillSessions();
                return true;
            case "POST certificate":
                query.Node.ChangeCertificate();
                return true;
            case "POST restart":
                query.Node.Restart(TimeSpan.FromMilliseconds(query.Number("milliseconds", 300)));
                return true;
            default:
                return false;
        }
    }

    private static object State(SimulatorHost host) => new
    {
        host.Title,
        host.User,
        Outside = host.Outside.ToString(),
        Inside = host.Inside.ToString(),
        host.LeakedSessions,
        Nodes = host.Nodes.Select(n => new
        {
            n.Uri, n.Address, n.Thumbprint, n.Version, n.IsPrimary, n.OpenSessions, n.LeakedSessions, n.SessionsOpened, n.PeakSessions, n.UserSessions, n.ConnectedUsers, n.HasUnsavedChanges, n.LogLinesAdded,
            n.Counters.Requests, n.Counters.Writes, n.Counters.Connections, Calls = n.Counters.ByOperation,
        }),
        Ports = host.Ports.Select(p => new { p.Address, p.Port, p.IsInside, Source = p.Source.ToString(), p.LocalPort, p.IsTls }),
    };

    private static async Task Json(HttpContext context, object value)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(JsonSerializer.Serialize(value, Format) + "\n");
    }
}
