using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Simulator.Commands;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Answers the requests to one node's management address.</summary>
internal sealed class NitroEndpoint
{
    private const string Page503 = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>503 Service Unavailable</title>\n</head><body>\n<h1>Service Unavailable</h1>\n<p>The server is temporarily unable to service your request.</p>\n</body></html>\n";
    private readonly Pair _pair;
    private readonly Node _node;
    private readonly Action _changeCertificate;

    public NitroEndpoint(Pair pair, Node node, Action changeCertificate)
    {
        _pair = pair;
        _node = node;
        _changeCertificate = changeCertificate;
    }

    /// <summary>Delay before each answer.</summary>
    public TimeSpan Latency { get; set; }

    public async Task Answer(HttpContext context)
    {
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, context.RequestAborted);
        }

        if (_node.Phase == BootPhase.Down || IsShutOut(context))
        {
            context.Abort();
            return;
        }

        if (_node.Phase == BootPhase.Starting)
        {
            await Page(context, 503);
            return;
        }

        if (!context.Request.Path.StartsWithSegments("/nitro/v1", StringComparison.Ordinal))
        {
            var page = new NitroRequest { Method = "GET", Type = Fault.Page };
            if (await Before(context, page, _node.Faults.For(page)))
            {
                await Page(context, context.Request.Path.StartsWithSegments("/nitro/v2", StringComparison.Ordinal) ? 404 : 200);
            }

            return;
        }

        NitroRequest request;
        try
        {
            request = await RequestReader.Read(context, _node.Profile.RefusesEncodedColon);
        }
        catch (NitroError e)
        {
            await Send(context, new NitroRequest(), NitroReply.Of(e), null);
            return;
        }

        var fault = RequestFault(context.Request) ?? _node.Faults.For(request);
        if (!await Before(context, request, fault))
        {
            return;
        }

        if (fault?.Kind is FaultKind.HalfBulk or FaultKind.LoseHalfBulk && request.Body is System.Text.Json.Nodes.JsonArray objects)
        {
            (request.FailsFrom, request.FailsWith) = (objects.Count / 2, fault.Code == 0 ? 257 : fault.Code);
        }

        var reply = fault?.Kind == FaultKind.ErrorCode ? NitroReply.Of(new NitroError(fault.Code)) : Execute(request);
        if (reply.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reply.Delay, context.RequestAborted);
        }

        if (reply.Code == NitroError.Unavailable)
        {
            await Page(context, 503);
            return;
        }

        if (reply.Code == NitroError.Silence || fault?.Kind == FaultKind.Silence)
        {
            await Silence(context);
            return;
        }

        if (fault?.Kind is FaultKind.LoseResponse or FaultKind.LoseHalfBulk || reply.Drop)
        {
            context.Abort();
            return;
        }

        await Send(context, request, reply, fault);
    }

    private bool IsShutOut(HttpContext context) => context.Connection.RemoteIpAddress is { } from && AccessLists.Denies(_node, new Packet(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from, System.Net.IPAddress.Parse(_node.Address), 443)) is not null;

    private async Task<bool> Before(HttpContext context, NitroRequest request, Fault? fault)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, context.RequestAborted);
                return true;
            case FaultKind.Refuse:
                context.Abort();
                return false;
            case FaultKind.Html503:
                await Page(context, 503);
                return false;
            case FaultKind.ChangeCertificate:
                _changeCertificate();
                context.Response.Headers.Connection = "close";
                return true;
            case FaultKind.KillSession:
                lock (_pair.Gate)
                {
                    if (request.Token is { } token && _node.Sessions.Find(token, _node.Now) is { } session)
                    {
                        _node.Sessions.Close(session);
                    }
                }

                return true;
            case FaultKind.CloseAfter:
                context.Response.Headers.Connection = "close";
                return true;
            default:
                return true;
        }
    }

    private NitroReply Execute(NitroRequest request)
    {
        lock (_pair.Gate)
        {
            _node.Counters.Count(request);
            _pair.CopyFiles();
            AdminSession? session = null;
            try
            {
                if (_node.Phase == BootPhase.NoLogin)
                {
                    throw new NitroError(1027);
                }

                if (request.IsLogin)
                {
                    return Authentication.Login(_node, request);
                }

                session = Authentication.Session(_node, request);
                if (request.Type == "logout")
                {
                    _node.Sessions.Close(session);
                    return new NitroReply();
                }

                return Dispatcher.Run(_pair, _node, session, request);
            }
            catch (NitroError e)
            {
                return NitroReply.Of(e);
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or OverflowException)
            {
                // a value of a kind nobody expected
                return NitroReply.Of(new NitroError(1236, e.Message));
            }
            finally
            {
                if (session?.Transient == true)
                {
                    _node.Sessions.Close(session);
                }

                _pair.Executed?.Invoke(new Exchange(_pair.Nodes.ToList().IndexOf(_node), request.Method, request.Type, request.Options.Action ?? "", (request.Body as System.Text.Json.Nodes.JsonArray)?.Count ?? 1));
            }
        }
    }

    private async Task Send(HttpContext context, NitroRequest request, NitroReply reply, Fault? fault)
    {
        var body = ReplyWriter.Prepare(context, reply, request.Options.Warnings, _node.OldStatus, fault?.Kind == FaultKind.Gzip);
        if (_node.RequestsPerConnection > 0 && ++ConnectionCount(context).Count >= _node.RequestsPerConnection)
        {
            context.Response.Headers.Connection = "close";
        }

        NodeLogRequest(context, request, body.Length);
        context.Response.ContentLength = body.Length + (fault?.Kind == FaultKind.WrongLength ? 64 : 0);
        switch (fault?.Kind)
        {
            case FaultKind.CutAfterHeaders:
                await context.Response.StartAsync();
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            case FaultKind.CutBody or FaultKind.WrongLength:
                var length = fault.Kind == FaultKind.CutBody ? body.Length / 2 : body.Length;
                await context.Response.Body.WriteAsync(body.AsMemory(0, length));
                await context.Response.Body.FlushAsync();
                await Task.Delay(30);
                context.Abort();
                return;
            default:
                await context.Response.Body.WriteAsync(body);
                return;
        }
    }

    private void NodeLogRequest(HttpContext context, NitroRequest request, int length)
    {
        lock (_pair.Gate)
        {
            NodeLog.Request(_node, request, context.Features.Get<IHttpRequestFeature>()!.RawTarget, context.Response.StatusCode, length);
        }
    }

    // X-Simulator-Fault: CutBody, or Slow=500, or ErrorCode=1138
    private static Fault? RequestFault(HttpRequest request)
    {
        var parts = request.Headers["X-Simulator-Fault"].FirstOrDefault()?.Split('=');
        if (parts is null || !Enum.TryParse<FaultKind>(parts[0], ignoreCase: true, out var kind))
        {
            return null;
        }

        var number = parts.Length > 1 && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 1000;
        return new Fault { Kind = kind, Delay = TimeSpan.FromMilliseconds(number), Code = number };
    }

    private static RequestCount ConnectionCount(HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()!.Items;
        if (!items.TryGetValue(typeof(RequestCount), out var kept))
        {
            items[typeof(RequestCount)] = kept = new RequestCount();
        }

        return (RequestCount)kept!;
    }

    private static async Task Silence(HttpContext context)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(10), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // the caller gave up
        }
    }

    private static async Task Page(HttpContext context, int status)
    {
        ReplyWriter.Head(context, status, "text/html; charset=iso-8859-1");
        var body = Encoding.ASCII.GetBytes(status == 503 ? Page503 : "<html><head><title>NetScaler</title></head><body>Login</body></html>\n");
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private sealed class RequestCount
    {
        public int Count { get; set; }
    }
}
