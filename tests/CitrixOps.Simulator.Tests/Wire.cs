using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;

namespace CitrixOps.Simulator.Tests;

/// <summary>What came back: the status line, the headers and the body as they were on the wire.</summary>
internal sealed record Reply(int Status, string Phrase, Dictionary<string, string> Headers, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public int Code => (int)Json["errorcode"]!;

    public string Message => (string)Json["message"]!;

    public string Line => $"{Status} {Phrase}";

    public JsonArray Rows(string type) => Json[type] as JsonArray ?? [];
}

/// <summary>A client that knows nothing but HTTP: requests are written to a TLS socket as text, answers are read as text.</summary>
internal sealed class Wire(NodeControl node)
{
    public string Cookie { get; set; } = "";

    public async Task<Wire> Login(string user = "nsroot", string? password = null, int? timeout = null)
    {
        var body = new JsonObject { ["username"] = user, ["password"] = password ?? new SimulatorOptions().Password };
        if (timeout is not null)
        {
            body["timeout"] = timeout;
        }

        Cookie = "";
        var reply = await Send("POST", "config/login", new JsonObject { ["login"] = body }.ToJsonString());
        if (reply.Status != 201)
        {
            throw new InvalidOperationException(reply.Text);
        }

        Cookie = "Cookie: " + reply.Headers["set-cookie"].Split(';')[0];
        return this;
    }

    public Task<Reply> Get(string path) => Send("GET", path.StartsWith("stat/", StringComparison.Ordinal) || path.StartsWith("config/", StringComparison.Ordinal) ? path : "config/" + path);

    public Task<Reply> Post(string path, string body, params string[] headers) => Send("POST", "config/" + path, body, headers);

    public Task<Reply> Put(string path, string body) => Send("PUT", "config/" + path, body);

    public Task<Reply> Delete(string path) => Send("DELETE", "config/" + path);

    public Task<Reply> Send(string method, string path, string? body = null, params string[] headers) => Raw(method, "/nitro/v1/" + path, body, headers);

    public async Task<Reply> Raw(string method, string target, string? body = null, params string[] headers)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(node.Uri.Host, node.Uri.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, shown, _, _) => IsPinned(shown));
        await tls.AuthenticateAsClientAsync("gateway");
        var text = new StringBuilder().Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n");
        if (Cookie.Length > 0 && !Array.Exists(headers, h => h.Contains("ookie", StringComparison.Ordinal) || h.StartsWith("X-NITRO-USER", StringComparison.Ordinal)))
        {
            text.Append(Cookie).Append("\r\n");
        }

        foreach (var header in headers)
        {
            text.Append(header).Append("\r\n");
        }

        if (body is not null)
        {
            text.Append("Content-Length: ").Append(Encoding.UTF8.GetByteCount(body)).Append("\r\n");
            if (!Array.Exists(headers, h => h.StartsWith("Content-Type", StringComparison.Ordinal)))
            {
                text.Append("Content-Type: application/json\r\n");
            }
        }

        await tls.WriteAsync(Encoding.UTF8.GetBytes(text.Append("\r\n").Append(body).ToString()));
        using var all = new MemoryStream();
        await tls.CopyToAsync(all);
        return Parse(Encoding.UTF8.GetString(all.ToArray()));
    }

    public HttpClient Client() => new(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => IsPinned(shown) }, UseCookies = false, AutomaticDecompression = DecompressionMethods.GZip }) { BaseAddress = node.Uri };

    private bool IsPinned(X509Certificate? shown) => shown?.GetCertHashString(HashAlgorithmName.SHA256) == node.Thumbprint;

    private static Reply Parse(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new IOException("The connection ended before the headers did.");
        }

        var lines = answer[..end].Split("\r\n");
        var status = lines[0].Split(' ', 3);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = answer[(end + 4)..];
        if (headers.TryGetValue("Content-Length", out var length) && int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) != Encoding.UTF8.GetByteCount(body))
        {
            throw new IOException("The connection ended before the body did.");
        }

        return new Reply(int.Parse(status[1], System.Globalization.CultureInfo.InvariantCulture), status[2], headers, body);
    }
}
