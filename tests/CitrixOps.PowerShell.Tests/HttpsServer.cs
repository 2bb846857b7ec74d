using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace CitrixOps.PowerShell.Tests;

/// <summary>A web server on loopback that answers by path with bytes as they are given, right or wrong, and keeps what it was asked.</summary>
internal sealed class HttpsServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Func<string, byte[]> _answer;

    public HttpsServer(Func<string, byte[]> answer)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Root => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

    public string Fingerprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    /// <summary>The heads of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Keeps each connection open after its answer until this is over.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public static byte[] Ok(byte[] body, params string[] headers) => [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n{string.Concat(Lines(headers))}Connection: close\r\n\r\n"), .. body];

    public static byte[] Raw(string answer) => Encoding.ASCII.GetBytes(answer);

    public void Dispose()
    {
        _listener.Stop();
        _certificate.Dispose();
    }

    private static IEnumerable<string> Lines(string[] headers)
    {
        foreach (var header in headers)
        {
            yield return header + "\r\n";
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // stopped
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                var buffer = new byte[8192];
                var head = Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
                Requests.Enqueue(head);
                await stream.WriteAsync(_answer(head.Split(' ')[1]));
                await Held;
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or IndexOutOfRangeException)
        {
            // the client hung up
        }
    }
}
