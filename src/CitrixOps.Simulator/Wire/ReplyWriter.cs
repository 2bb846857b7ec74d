using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CitrixOps.Simulator.Wire;

/// <summary>Lays out answers as the appliance does: envelope first, headers of Apache with PHP, exact reason phrases.</summary>
internal static class ReplyWriter
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sets status and headers, and returns the body.</summary>
    public static byte[] Prepare(HttpContext context, NitroReply reply, bool warnings, bool oldStatus = false, bool compress = false)
    {
        var status = reply.Status is { } fixedStatus && reply.Code is 0 ? fixedStatus : StatusMap.Of(reply.Code);
        var envelope = new JsonObject { ["errorcode"] = reply.Code, ["message"] = reply.Message, ["severity"] = reply.Severity };
        if (reply.Warning is { } warning && warnings && reply.Code == 0)
        {
            status = 209;
            envelope["errorcode"] = warning.Code;
            envelope["message"] = warning.Message;
            envelope["severity"] = "WARNING";
            context.Response.Headers["X-NITRO-WARNING"] = $"{warning.Code} - {warning.Message}";
        }

        foreach (var property in reply.Payload.ToList())
        {
            envelope[property.Key] = property.Value?.DeepClone();
        }

        var text = envelope.ToJsonString(Plain);
        if (reply.Code != 0 && reply.Payload.Count == 0)
        {
            // error bodies are laid out with blanks, and clients match that text
            text = $"{{ \"errorcode\": {reply.Code}, \"message\": {JsonValue.Create(reply.Message).ToJsonString(Plain)}, \"severity\": \"{reply.Severity}\" }}";
        }

        status = oldStatus && status >= 400 ? 200 : status;
        Head(context, status, "application/json; charset=utf-8");
        if (reply.SetCookie is { } cookie)
        {
            context.Response.Headers.SetCookie = cookie;
        }

        return Compress(context, Encoding.UTF8.GetBytes(text), compress);
    }

    public static void Head(HttpContext context, int status, string contentType)
    {
        var response = context.Response;
        response.StatusCode = status;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = StatusMap.Phrase(status);
        response.Headers.Server = "Apache";
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.Headers.Expires = "Thu, 19 Nov 1981 08:52:00 GMT";
        response.Headers.CacheControl = "no-store, no-cache, must-revalidate, post-check=0, pre-check=0";
        response.Headers.Pragma = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers["Feature-Policy"] = "camera 'none'; microphone 'none'; geolocation 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XXSSProtection = "1; mode=block";
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = contentType;
    }

    private static byte[] Compress(HttpContext context, byte[] body, bool always)
    {
        if (!always && !context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return body;
        }

        context.Response.Headers.ContentEncoding = "gzip";
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return buffer.ToArray();
    }
}
