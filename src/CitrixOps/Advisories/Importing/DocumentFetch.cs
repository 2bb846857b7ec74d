using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Advisories.Importing;

/// <summary>Fetches a document over HTTPS, only when asked to: bounded, certificate checked, redirections only to HTTPS.</summary>
public sealed class DocumentFetch : IDisposable
{
    private const int MostRedirections = 5;
    private readonly HttpClient _client;
    private readonly long _limit;
    private readonly CertificateGuard _guard;
    private readonly TimeSpan _timeout;
    private string _host = "";

    /// <summary>Makes a fetcher.</summary>
    /// <param name="pins">SHA-256 of certificates that are trusted; empty to trust what this machine trusts.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="timeout">How long it may take.</param>
    public DocumentFetch(IEnumerable<string> pins, long limit, TimeSpan timeout)
    {
        _limit = limit;
        _timeout = timeout;
        _guard = new CertificateGuard(pins, skip: false);
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, ServerCertificateCustomValidationCallback = Accepts };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("CitrixOps");
    }

    /// <summary>Fetches.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CitrixOpsException"><c>PlainHttpRefused</c>, <c>DocumentTooLarge</c>, <c>DocumentNotFetched</c>, <c>CertificateNotTrusted</c>.</exception>
    public async Task<Stream> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var memory = new MemoryStream();
        await FollowAsync(address, memory, cancellationToken).ConfigureAwait(false);
        memory.Position = 0;
        return memory;
    }

    /// <summary>Fetches and keeps only the hash.</summary>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>SHA-256 in lower case, and the number of bytes.</returns>
    /// <exception cref="CitrixOpsException">As for <see cref="GetAsync"/>.</exception>
    public async Task<(string Sha256, long Size)> HashAsync(Uri address, CancellationToken cancellationToken)
    {
        using var sha = SHA256.Create();
        using var sink = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write);
        var size = await FollowAsync(address, sink, cancellationToken).ConfigureAwait(false);
        sink.FlushFinalBlock();
        return (string.Concat(Array.ConvertAll(sha.Hash!, b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))), size);
    }

    private async Task<long> FollowAsync(Uri address, Stream into, CancellationToken cancellationToken)
    {
        // one limit for all of it: a server that trickles is as gone as one that is silent
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(_timeout);
        try
        {
            return await FollowAsync(address, into, timer).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotFetched(address, "it did not come whole in time", e);
        }
    }

    private async Task<long> FollowAsync(Uri address, Stream into, CancellationTokenSource timer)
    {
        var cancellationToken = timer.Token;
        for (var hop = 0; ; hop++)
        {
            if (!address.IsAbsoluteUri || address.Scheme != "https")
            {
                throw new CitrixOpsException(new Problem("PlainHttpRefused", ErrorKind.SecurityRefusal, $"'{Shown(address)}' is not HTTPS: what arrives could be anybody's.", Shown(address), "Give an https address."));
            }

            _host = address.Host;
            using var reply = await SendAsync(address, cancellationToken).ConfigureAwait(false);
            if ((int)reply.StatusCode is 301 or 302 or 303 or 307 or 308 && reply.Headers.Location is { } next && hop < MostRedirections)
            {
                address = new Uri(address, next);
                continue;
            }

            if (!reply.IsSuccessStatusCode)
            {
                throw NotFetched(address, FormattableString.Invariant($"the server answers {(int)reply.StatusCode}"), null);
            }

            return await ReadAsync(reply, address, into, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw _guard.Refusal is { } refusal ? new CitrixOpsException(refusal, e) : NotFetched(address, e.Message, e);
        }
    }

    private async Task<long> ReadAsync(HttpResponseMessage reply, Uri address, Stream into, CancellationToken cancellationToken)
    {
        var size = 0L;
        try
        {
            using var body = await Polyfills.ContentStream.OpenAsync(reply.Content, cancellationToken).ConfigureAwait(false);
            using var cut = cancellationToken.Register(reply.Dispose);
            var buffer = new byte[81920];
            for (int read; (read = await body.ReadAsync(buffer, 0, buffer.Length, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                if (size + read > _limit || reply.Content.Headers.ContentLength > _limit)
                {
                    throw new CitrixOpsException(new Problem("DocumentTooLarge", ErrorKind.SecurityRefusal, FormattableString.Invariant($"'{Shown(address)}' is larger than {_limit:N0} bytes."), Shown(address), "Check that it is what you mean; -MaximumSize allows more."));
                }

                into.Write(buffer, 0, read);
                size += read;
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw NotFetched(address, e.Message, e);
        }

        return size;
    }

    private bool Accepts(HttpRequestMessage request, X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors) => _guard.Accepts(certificate, errors, _host);

    private static CitrixOpsException NotFetched(Uri address, string why, Exception? inner) =>
        new(new Problem("DocumentNotFetched", ErrorKind.ConnectionFailed, $"'{Shown(address)}' could not be fetched: {Investigation.SafeText.FromText(why, 200)}.", Shown(address), "Check the address and the way out; or fetch it elsewhere and give it with -Path."), inner);

    // an address may carry a secret in its query
    private static string Shown(Uri address) => Investigation.SafeText.FromText(address.IsAbsoluteUri ? address.GetLeftPart(UriPartial.Path) : address.ToString(), 300);
}
