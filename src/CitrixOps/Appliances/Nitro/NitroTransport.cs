using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>Sends one call over HTTPS and reads its answer. What fails says whether the command may have been executed.</summary>
internal sealed class NitroTransport : IDisposable
{
    private const long LongestAnswer = 256L << 20;
    private readonly HttpClient _http;
    private readonly CertificateGuard _guard;
    private readonly NitroAddress _address;
    private readonly TimeSpan _timeout;

    public NitroTransport(NitroAddress address, ConnectOptions options)
    {
        _address = address;
        _timeout = options.Timeout;
        _guard = new CertificateGuard(options.Pins, options.SkipCertificateCheck);
        var handler = new HttpClientHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ServerCertificateCustomValidationCallback = (_, certificate, _, errors) => _guard.Accepts(certificate, errors, address.ToString()),
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = address.Uri };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("CitrixOps", typeof(NitroTransport).Assembly.GetName().Version!.ToString(3)));
        _http.DefaultRequestHeaders.ExpectContinue = false;
    }

    public string? Fingerprint => _guard.Fingerprint;

    /// <summary>The session that the last answer's head gave, also where its body did not arrive.</summary>
    public string? OfferedToken { get; private set; }

    public async Task<NitroReply> SendAsync(NitroCall call, string? token, CancellationToken cancellationToken)
    {
        var limit = call.Timeout ?? _timeout;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        using var request = Request(call, token);
        var answering = false;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
            answering = true;
            OfferedToken = call.Type == "login" ? Cookie(response) : OfferedToken;
            return await ReadAsync(response, call, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswerInTime(call, limit, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or AuthenticationException or ObjectDisposedException or WebException)
        {
            throw Failure(e, call, answering);
        }
    }

    /// <summary>Asks for the login page, without an account: whether a connection comes about and its other end answers anything.</summary>
    public async Task KnockAsync(CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(_timeout);
        var page = NitroCall.Get("/");
        try
        {
            using var response = await _http.GetAsync(_address.Uri, HttpCompletionOption.ResponseHeadersRead, timer.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NoAnswerInTime(page, _timeout, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or WebException)
        {
            throw Failure(e, page, answering: false);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(NitroCall call, string? token)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(_address.Uri, call.PathAndQuery()));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", "NITRO_AUTH_TOKEN=" + Uri.EscapeDataString(token));
        }

        if (call.OnError is not null)
        {
            request.Headers.TryAddWithoutValidation("X-NITRO-ONERROR", call.OnError);
        }

        if (call.Body is not null)
        {
            request.Content = new StringContent(new JObject { [call.Type] = call.Body.DeepClone() }.ToString(Formatting.None), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private async Task<NitroReply> ReadAsync(HttpResponseMessage response, NitroCall call, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        using var stream = await Polyfills.ContentStream.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
        using var memory = new MemoryStream();
        using (cancellationToken.Register(response.Dispose))
        {
            // decompressed bytes are what is bounded
            await new BoundedStream(stream, LongestAnswer).CopyToAsync(memory, 1 << 16, cancellationToken).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        memory.Position = 0;
        if (memory.Length == 0 || response.Content.Headers.ContentType?.MediaType?.IndexOf("json", StringComparison.OrdinalIgnoreCase) is null or < 0)
        {
            throw NotJson(status, call);
        }

        using var reader = new JsonTextReader(new StreamReader(memory, Encoding.UTF8)) { DateParseHandling = DateParseHandling.None, MaxDepth = 32 };
        var envelope = JToken.ReadFrom(reader) as JObject ?? throw new JsonReaderException("no object");
        var warning = response.Headers.TryGetValues("X-NITRO-WARNING", out var values) ? values.FirstOrDefault() : null;
        return envelope["errorcode"] is null ? throw NotJson(status, call) : new NitroReply(envelope, status, warning);
    }

    private static string? Cookie(HttpResponseMessage response)
    {
        const string Name = "NITRO_AUTH_TOKEN=";
        var cookie = response.Headers.TryGetValues("Set-Cookie", out var values) ? values.FirstOrDefault(v => v.StartsWith(Name, StringComparison.Ordinal)) : null;
        return cookie is null ? null : Uri.UnescapeDataString(cookie.Substring(Name.Length).Split(';')[0]);
    }

    private NitroException NoAnswerInTime(NitroCall call, TimeSpan limit, Exception inner) =>
        new(new Problem("NoAnswerInTime", ErrorKind.ConnectionFailed, $"'{_address}' did not answer {call} within {limit.TotalSeconds:0.#} s.", _address.ToString(), "Check the load of the appliance; give more time with -Timeout."), 0, Delivery.Unknown, inner);

    private NitroException NotJson(int status, NitroCall call)
    {
        var host = _address.ToString();
        return status == 503
            ? new NitroException(new Problem("ApplianceNotReady", ErrorKind.ConnectionFailed, $"'{host}' is not ready ({call}): its web server answers 503.", host, "It may be starting. Wait a minute and try again."), 0, Delivery.NotExecuted)
            : new NitroException(new Problem("NotAnAppliance", ErrorKind.InvalidData, $"'{host}' answers {call} with HTTP {status}, but not as a NetScaler does.", host, "Give the NSIP of an appliance: an SDX management service, a NetScaler Console or a load-balanced address does not answer this."), 0, status is 404 or 405 ? Delivery.NotExecuted : Delivery.Unknown);
    }

    private NitroException Failure(Exception e, NitroCall call, bool answering)
    {
        var host = _address.ToString();
        if (_guard.Refusal is { } refusal && !answering)
        {
            return new NitroException(refusal, 0, Delivery.NotExecuted, e);
        }

        if (!answering && Find<AuthenticationException>(e) is { } tls)
        {
            return new NitroException(new Problem("TlsFailed", ErrorKind.ConnectionFailed, $"'{host}' and this machine agree on no encryption: {Investigation.SafeText.FromText(tls.Message, 200)}", host, "Check that this is the management address and that it offers TLS 1.2 or newer."), 0, Delivery.NotExecuted, e);
        }

        if (!answering && Find<SocketException>(e) is { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut or SocketError.NoData or SocketError.TryAgain or SocketError.AddressNotAvailable })
        {
            return new NitroException(NitroProblems.NoAnswer(e, host, call), 0, Delivery.NotExecuted, e);
        }

        return new NitroException(new Problem("AnswerIncomplete", ErrorKind.ConnectionFailed, $"The connection to '{host}' ended before {call} was answered.", host, "The network, or a restart of the node. Look whether it answers again."), 0, Delivery.Unknown, e);
    }

    private static T? Find<T>(Exception? e)
        where T : Exception => e is null ? null : e as T ?? Find<T>(e.InnerException);
}
