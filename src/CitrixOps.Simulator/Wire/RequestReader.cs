using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CitrixOps.Simulator.Wire;

/// <summary>Reads requests as the appliance does: JSON or form, four kinds of cookies, options in query or body.</summary>
internal static class RequestReader
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    public static async Task<NitroRequest> Read(HttpContext context, bool refuseEncodedColon)
    {
        if (context.Request.Method is not ("GET" or "POST" or "PUT" or "DELETE"))
        {
            throw new NitroError(1237);
        }

        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var request = new NitroRequest
        {
            Method = context.Request.Method.ToUpperInvariant(),
            IsStat = segments.Length > 2 && segments[2] == "stat",
            Type = segments.Length > 3 ? NameDecoding.OfPath(segments[3]) : "",
            Name = segments.Length > 4 ? NameDecoding.OfPath(string.Join('/', segments.Skip(4))) : null,
            Options = QueryOptions.Parse(question < 0 ? "" : target[(question + 1)..], refuseEncodedColon),
            ClientAddress = Address(context.Connection.RemoteIpAddress),
            Token = Token(context.Request),
            UserAgent = context.Request.Headers.UserAgent.FirstOrDefault() ?? "-",
        };
        if (context.Request.Headers["X-NITRO-USER"].FirstOrDefault() is { } user)
        {
            request.HeaderLogin = (user, context.Request.Headers["X-NITRO-PASS"].FirstOrDefault() ?? "");
        }

        request.OnError = context.Request.Headers["X-NITRO-ONERROR"].FirstOrDefault()?.ToLowerInvariant() ?? "exit";
        await Body(context.Request, request);
        return request;
    }

    private static async Task Body(HttpRequest http, NitroRequest request)
    {
        using var reader = new StreamReader(http.Body);
        var text = await reader.ReadToEndAsync();
        if (text.Length == 0)
        {
            return;
        }

        if (text.StartsWith("object=", StringComparison.Ordinal))
        {
            text = WebUtility.UrlDecode(text["object=".Length..].Split('&')[0]);
        }

        JsonObject body;
        try
        {
            body = JsonNode.Parse(text, documentOptions: Lenient) as JsonObject ?? throw new NitroError(1233);
        }
        catch (JsonException)
        {
            throw new NitroError(1233);
        }

        if (body["params"] is JsonObject options)
        {
            request.Options.Action ??= (string?)options["action"];
            request.Options.Warnings |= string.Equals((string?)options["warning"], "yes", StringComparison.OrdinalIgnoreCase);
            request.OnError = ((string?)options["onerror"])?.ToLowerInvariant() ?? request.OnError;
        }

        request.Token = (string?)body["sessionid"] ?? request.Token;
        if (request.Type.Length == 0)
        {
            request.Type = body.Select(p => p.Key).FirstOrDefault(k => k is not ("params" or "sessionid")) ?? "";
        }

        if (request.Type.Length > 0 && !body.ContainsKey(request.Type))
        {
            throw new NitroError(1232, null);
        }

        request.Body = body[request.Type]?.DeepClone();
    }

    private static string? Token(HttpRequest http)
    {
        // adc-nitro-go sends its cookie in a request header called Set-Cookie, and it works
        foreach (var header in http.Headers.Cookie.Concat(http.Headers.SetCookie))
        {
            foreach (var part in (header ?? "").Split(';', StringSplitOptions.TrimEntries))
            {
                var equals = part.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0 && part[..equals] is "NITRO_AUTH_TOKEN" or "sessionid")
                {
                    return Uri.UnescapeDataString(part[(equals + 1)..]);
                }
            }
        }

        return null;
    }

    private static string Address(IPAddress? address) => address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
