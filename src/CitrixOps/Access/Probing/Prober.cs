using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Errors;
using CitrixOps.Investigation;

namespace CitrixOps.Access.Probing;

/// <summary>
/// Tries a way in as a browser would: connects, negotiates TLS, asks for the first page; over DTLS it says hello. Nothing else is sent: no
/// name and password, no path that is not linked. Time, bytes and redirects are bounded; nothing of the answer is run.
/// </summary>
public sealed class Prober : IDisposable
{
    private static readonly string[] Schemes = { "http", "https", "tls", "tcp", "ssh", "dtls", "udp" };

    // the older framework has no token here; a name takes no longer than the resolver allows
    private static readonly Func<string, Task<IPAddress[]>> Resolve = Dns.GetHostAddressesAsync;
    private readonly ProbeOptions _options;
    private readonly SemaphoreSlim _gate;

    /// <summary>Makes a prober.</summary>
    /// <param name="options">The limits; null for the usual ones.</param>
    public Prober(ProbeOptions? options = null)
    {
        _options = options ?? new ProbeOptions();
        _gate = new SemaphoreSlim(_options.MostAtOnce);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Reads what a user gives: an http or https address, a host, either with a port; tls, tcp, ssh, dtls and udp as a test writes them.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CitrixOpsException"><c>UriNotRecognised</c>.</exception>
    public static Uri Parse(string text)
    {
        var given = (text ?? "").Trim();
        var complete = given.IndexOf("://", StringComparison.Ordinal) >= 0 ? given
            : "https://" + (given.IndexOf(':') != given.LastIndexOf(':') && !given.StartsWith("[", StringComparison.Ordinal) ? "[" + given + "]" : given);
        if (given.Length == 0 || !Uri.TryCreate(complete, UriKind.Absolute, out var uri) || !Schemes.Contains(uri.Scheme) || (uri.Port <= 0 && uri.Scheme != "ssh") || uri.Host.Length == 0 || uri.UserInfo.Length > 0)
        {
            var shown = SafeText.FromText(given, 100);
            throw new CitrixOpsException(new Problem("UriNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is no address that can be tested.", shown, "Give a host or an http or https address: gateway.example.nl, https://203.0.113.10, https://[2001:db8::10]:8443."));
        }

        return uri;
    }

    /// <summary>Tests ways in. What several of them have in common is asked once.</summary>
    /// <param name="targets">What.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A test per address of each target, in the order of the targets.</returns>
    public async Task<IReadOnlyList<AccessTest>> TestAsync(IReadOnlyList<AccessTarget> targets, CancellationToken cancellationToken)
    {
        var doors = targets.Select(t => t.Uri).OfType<Uri>().Distinct().ToArray();
        var tests = await Task.WhenAll(doors.Select(d => GatedAsync(d, cancellationToken))).ConfigureAwait(false);
        var found = doors.Zip(tests, (door, test) => (door, test)).ToDictionary(d => d.door, d => d.test);
        return targets.SelectMany(t => (t.Uri is null ? new[] { Unnamed() } : found[t.Uri]).Select(a => a with { Gateway = t.Gateway, Partition = t.Partition, Name = t.Name, Kind = t.Kind, Scope = t.Scope, Through = t.Through })).ToArray();
    }

    /// <summary>Tests every address of a name.</summary>
    /// <param name="uri">What, as <see cref="Parse"/> reads it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A test per address.</returns>
    public async Task<IReadOnlyList<AccessTest>> TestAsync(Uri uri, CancellationToken cancellationToken)
    {
        _ = uri ?? throw new ArgumentNullException(nameof(uri));
        var start = new AccessTest { Uri = uri.AbsoluteUri, Port = PortOf(uri), Transport = uri.Scheme is "dtls" or "udp" ? "UDP" : "TCP", TestedAt = DateTimeOffset.UtcNow };
        if (uri.Scheme == "udp")
        {
            return new[] { start with { Address = uri.DnsSafeHost, Result = "not tested", Detail = "UDP: no answer would not mean that it is closed" } };
        }

        IPAddress[] addresses;
        try
        {
            addresses = IPAddress.TryParse(uri.DnsSafeHost, out var literal) ? new[] { literal } : await Resolve(uri.DnsSafeHost).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return new[] { start with { Outcome = AccessOutcome.NotResolved, Result = "the name has no address", Detail = SafeText.FromText(e.Message, 200) } };
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await Task.WhenAll(addresses.Distinct().Take(_options.MostAddresses).Select(a => OneAsync(start, uri, a, cancellationToken))).ConfigureAwait(false);
    }

    private static AccessTest Unnamed() => new() { TestedAt = DateTimeOffset.UtcNow, Result = "not tested", Detail = "it answers names with addresses: test the name, with -Uri" };

    private async Task<IReadOnlyList<AccessTest>> GatedAsync(Uri uri, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await TestAsync(uri, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<AccessTest> OneAsync(AccessTest start, Uri uri, IPAddress address, CancellationToken cancellationToken)
    {
        var test = start with { Address = address.ToString(), Family = address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4" };
        var at = uri;
        for (var redirects = 0; ; redirects++)
        {
            var previous = test;
            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timer.CancelAfter(_options.Timeout);
            test = uri.Scheme == "dtls" ? await HelloAsync(test, address, timer.Token).ConfigureAwait(false) : await RequestAsync(test, at, address, timer.Token).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (redirects > 0 && test.Outcome != AccessOutcome.Answered)
            {
                return Summed(previous);
            }

            if (test.Status is not (301 or 302 or 303 or 307 or 308) || redirects >= _options.MostRedirects || !Uri.TryCreate(at, test.Location, out var next)
                || next.Host != at.Host || next.Port != at.Port || next.Scheme != at.Scheme)
            {
                return Summed(redirects > 0 && test.Location.Length == 0 ? test with { Location = previous.Location } : test);
            }

            at = next;
        }
    }

    private async Task<AccessTest> RequestAsync(AccessTest test, Uri uri, IPAddress address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var closing = cancellationToken.Register(socket.Dispose);
        var reached = AccessOutcome.NoAnswer;
        try
        {
            await Task.Factory.FromAsync((c, s) => socket.BeginConnect(address, PortOf(uri), c, s), socket.EndConnect, null).ConfigureAwait(false);

            // the greeting of a busy SSH server may take longer: that it connects is enough to be open
            reached = uri.Scheme == "ssh" ? AccessOutcome.Connected : AccessOutcome.Silent;
            test = test with { From = (socket.LocalEndPoint as IPEndPoint)?.Address.ToString() ?? "" };
            using var plain = new NetworkStream(socket);
            switch (uri.Scheme)
            {
                case "tcp":
                    return test with { Outcome = AccessOutcome.Connected };
                case "ssh":
                    return await GreetingAsync(test, plain, cancellationToken).ConfigureAwait(false);
                case "http":
                    return await AskAsync(test, uri, plain, cancellationToken).ConfigureAwait(false) ?? test with { Outcome = AccessOutcome.Silent };
            }

            SslPolicyErrors trust = default;
            X509Certificate2? shown = null;

            // the certificate is looked at, not relied on: nothing secret is sent
            using var tls = new SslStream(plain, leaveInnerStreamOpen: false, (_, certificate, _, errors) =>
            {
                trust = errors;
                shown = certificate is null ? null : new X509Certificate2(certificate);
                return certificate is not null;
            });
            await tls.AuthenticateAsClientAsync(uri.DnsSafeHost, null, SslProtocols.None, checkCertificateRevocation: false).ConfigureAwait(false);
            reached = AccessOutcome.TlsOnly;
            test = WithTls(test, tls, shown, trust);
            return uri.Scheme == "tls" ? test with { Outcome = AccessOutcome.TlsOnly } : await AskAsync(test, uri, tls, cancellationToken).ConfigureAwait(false) ?? test with { Outcome = AccessOutcome.TlsOnly };
        }
        catch (AuthenticationException e)
        {
            // it speaks TLS, only not as this machine wants
            return test with { Outcome = AccessOutcome.TlsOnly, Detail = SafeText.FromText(e.Message, 200) };
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            return test with { Outcome = Failure(e, reached, cancellationToken.IsCancellationRequested), Detail = cancellationToken.IsCancellationRequested ? "no answer in time" : SafeText.FromText(e.Message, 200) };
        }
    }

    // the server speaks first
    private static async Task<AccessTest> GreetingAsync(AccessTest test, Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[255];
        var length = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false);
        var greeting = Encoding.ASCII.GetString(buffer, 0, length).Split('\n')[0].Trim();
        return greeting.StartsWith("SSH-", StringComparison.Ordinal) ? test with { Outcome = AccessOutcome.Answered, Result = SafeText.FromText(greeting, 120) } : test with { Outcome = AccessOutcome.Connected };
    }

    // a datagram may be lost: it is sent twice
    private async Task<AccessTest> HelloAsync(AccessTest test, IPAddress address, CancellationToken cancellationToken)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using var closing = cancellationToken.Register(socket.Dispose);
        var answer = new byte[2048];
        try
        {
            socket.Connect(address, test.Port);
            test = test with { From = (socket.LocalEndPoint as IPEndPoint)?.Address.ToString() ?? "" };
            var hello = new ArraySegment<byte>(DtlsHello.Make());
            await socket.SendAsync(hello, SocketFlags.None).ConfigureAwait(false);
            var receiving = socket.ReceiveAsync(new ArraySegment<byte>(answer), SocketFlags.None);
            if (await Task.WhenAny(receiving, Task.Delay(TimeSpan.FromTicks(_options.Timeout.Ticks / 2), cancellationToken)).ConfigureAwait(false) != receiving)
            {
                await socket.SendAsync(hello, SocketFlags.None).ConfigureAwait(false);
            }

            return DtlsHello.Read(answer, await receiving.ConfigureAwait(false)) is { } said
                ? test with { Outcome = AccessOutcome.Answered, Result = said }
                : test with { Outcome = AccessOutcome.Connected, Result = "answers, but not with DTLS" };
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return test with { Outcome = Failure(e, AccessOutcome.NoAnswer, cancellationToken.IsCancellationRequested), Detail = cancellationToken.IsCancellationRequested ? "no answer in time; over UDP that does not mean that it is closed" : SafeText.FromText(e.Message, 200) };
        }
    }

    private static int PortOf(Uri uri) => uri.Port > 0 ? uri.Port : 22;

    private async Task<AccessTest?> AskAsync(AccessTest test, Uri uri, Stream stream, CancellationToken cancellationToken)
    {
        var request = Encoding.ASCII.GetBytes($"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nUser-Agent: CitrixOps\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(request, 0, request.Length, cancellationToken).ConfigureAwait(false);
        var buffer = new byte[_options.MostBytes];
        var length = 0;
        try
        {
            while (length < buffer.Length)
            {
                var read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                length += read;
            }
        }
        catch (Exception e) when (length > 0 && e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // what came counts
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        return HttpHead.Parse(Encoding.UTF8.GetString(buffer, 0, length)) is { } head
            ? test with { Outcome = AccessOutcome.Answered, Status = head.Status, Location = SafeText.FromText(head.Location, 300), Title = head.Title, IsGateway = head.IsGateway || test.IsGateway == true }
            : null;
    }

    private static AccessOutcome Failure(Exception e, AccessOutcome reached, bool isLate)
    {
        if (isLate || reached == AccessOutcome.TlsOnly)
        {
            return reached;
        }

        var code = (e as SocketException ?? e.InnerException as SocketException)?.SocketErrorCode;
        return code switch
        {
            SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable => AccessOutcome.Unreachable,
            SocketError.TimedOut => AccessOutcome.NoAnswer,
            _ => AccessOutcome.Refused,
        };
    }

    private static AccessTest WithTls(AccessTest test, SslStream tls, X509Certificate2? certificate, SslPolicyErrors trust)
    {
        using var sha = SHA256.Create();
        return test with
        {
            Tls = (int)tls.SslProtocol switch { 192 => "TLS 1.0", 768 => "TLS 1.1", 3072 => "TLS 1.2", 12288 => "TLS 1.3", _ => tls.SslProtocol.ToString() },
            Certificate = certificate is null ? "" : SafeText.FromText(certificate.Subject, 200),
            CertificateSha256 = certificate is null ? "" : string.Concat(sha.ComputeHash(certificate.RawData).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))),
            CertificateNotAfter = certificate is null ? null : new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            CertificateTrusted = trust == SslPolicyErrors.None,
        };
    }

    private static AccessTest Summed(AccessTest test) => test with
    {
        Result = test.Outcome switch
        {
            AccessOutcome.Unreachable => "no path from here",
            AccessOutcome.NoAnswer => "no answer",
            AccessOutcome.Refused => "refused",
            AccessOutcome.Silent => "connects, then silence",
            AccessOutcome.Connected when test.Result.Length == 0 => "connects",
            AccessOutcome.TlsOnly when test.Uri.StartsWith("tls:", StringComparison.Ordinal) => test.Tls.Length > 0 ? test.Tls : "TLS",
            AccessOutcome.TlsOnly => (test.Tls.Length > 0 ? test.Tls : "TLS") + ", no HTTP answer",
            AccessOutcome.Answered when test.Status is not null => string.Join(", ", new[] { test.Tls.Length > 0 ? test.Tls : "no TLS", "HTTP " + test.Status, test.IsGateway == true ? "a gateway's logon page" : "no gateway recognised", test.Title.Length > 0 ? "\"" + test.Title + "\"" : "" }.Where(t => t.Length > 0)),
            _ => test.Result,
        },
    };
}
