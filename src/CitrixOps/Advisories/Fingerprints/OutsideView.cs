using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances;
using CitrixOps.Errors;

namespace CitrixOps.Advisories.Fingerprints;

/// <summary>
/// Looks at a gateway as anybody on the internet sees it: two ordinary GET requests for public files, no login, no test of a vulnerability.
/// </summary>
public sealed class OutsideView : IDisposable
{
    private const string StampFile = "vpn/js/rdx/core/lang/rdx_en.json.gz";
    private const string LogonPage = "vpn/index.html";
    private const int Most = 256 << 10;
    private const int HashLength = 32;
    private readonly BuildFingerprints _known;
    private readonly HttpClient _http;

    /// <summary>Makes a view.</summary>
    /// <param name="known">The fingerprints.</param>
    /// <param name="timeout">How long one request may take.</param>
    public OutsideView(BuildFingerprints known, TimeSpan timeout)
    {
        _known = known ?? throw new ArgumentNullException(nameof(known));

        // nothing secret is sent and nothing received is run: the certificate needs no trust, and gateways are often asked by address
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { Timeout = timeout };
    }

    /// <summary>Looks at a gateway.</summary>
    /// <param name="uri">Its https address; a path is left out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was seen, and how far it can be relied on.</returns>
    /// <exception cref="CitrixOpsException"><c>NotConnected</c>, <c>FingerprintNotFound</c>, <c>FingerprintUnknown</c>.</exception>
    public async Task<(ApplianceFacts Facts, IReadOnlyList<string> Notes)> LookAsync(Uri uri, CancellationToken cancellationToken)
    {
        var root = new Uri(uri.GetLeftPart(UriPartial.Authority) + "/");
        var stamp = Stamp(await GetAsync(new Uri(root, StampFile), cancellationToken).ConfigureAwait(false));
        var hash = Hash(await GetAsync(new Uri(root, LogonPage), cancellationToken).ConfigureAwait(false));
        if (stamp == 0 && hash.Length == 0)
        {
            throw new CitrixOpsException(new Problem("FingerprintNotFound", ErrorKind.NotFound, $"'{root.Authority}' shows none of the public files that tell a build.", root.Authority, "It may be no NetScaler Gateway, or have its portal off. Ask it itself with -ComputerName."));
        }

        var (byStamp, byHash) = _known.Find(stamp, hash);
        var versions = byStamp.Count > 0 ? byStamp : byHash;
        var named = versions.Where(v => v.Length > 0).ToArray();
        if (named.Length == 0)
        {
            throw new CitrixOpsException(Unknown(root.Authority, stamp));
        }

        var source = byStamp.Count > 0 ? $"time stamp {Day(stamp)} of a public file" : "hash in the logon page";
        var facts = new ApplianceFacts
        {
            Gateway = root.Authority,
            Node = root.Authority,
            Versions = named.Select(v => new VersionObservation(v, VersionRole.Fingerprint, source)).ToArray(),
        };
        return (facts, Notes(named, byStamp, byHash).ToArray());
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static IEnumerable<string> Notes(string[] named, IReadOnlyList<string> byStamp, IReadOnlyList<string> byHash)
    {
        yield return byStamp.Count == 0 ? "Confidence low: only the logon page was recognised, and it can be customised."
            : byHash.Count == 0 ? "Confidence medium: only the time stamp was recognised."
            : byHash.Intersect(byStamp).Any() ? "Confidence high: time stamp and logon page name the same build."
            : $"Confidence low: the time stamp and the logon page ({string.Join(", ", byHash)}) name different builds.";
        yield return "Seen from outside: what one node shows. Files can be left over from another build, and the other node is not seen.";
        if (named.Length > 1)
        {
            yield return $"Also possible: {string.Join(", ", named.Skip(1))}.";
        }
    }

    private Problem Unknown(string host, uint stamp) => stamp > _known.Latest
        ? new Problem("FingerprintUnknown", ErrorKind.NotFound, $"'{host}' runs a build of {Day(stamp)}, which is newer than the known fingerprints ({Day(_known.Latest)}).", host, "Ask the gateway itself with -ComputerName.")
        : new Problem("FingerprintUnknown", ErrorKind.NotFound, $"The fingerprint of '{host}' ({(stamp == 0 ? "logon page" : "stamp of " + Day(stamp))}) belongs to no known build.", host, "Ask the gateway itself with -ComputerName.");

    private async Task<byte[]> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return Array.Empty<byte>();
            }

            using var stream = await Polyfills.ContentStream.OpenAsync(response.Content, cancellationToken).ConfigureAwait(false);
            var buffer = new byte[Most];
            var length = 0;
            for (var read = -1; read != 0 && length < Most; length += read)
            {
                read = await stream.ReadAsync(buffer, length, Most - length, cancellationToken).ConfigureAwait(false);
            }

            Array.Resize(ref buffer, length);
            return buffer;
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CitrixOpsException(new Problem("NotConnected", ErrorKind.ConnectionFailed, $"'{uri.Authority}' cannot be reached: {Investigation.SafeText.FromText((e.InnerException ?? e).Message, 200)}", uri.Authority, "Check address and port, and whether the gateway is closed off."), e);
        }
    }

    // the time of packing in the head of a gzip file, little endian
    private static uint Stamp(byte[] file) => file.Length >= 10 && file[0] == 0x1f && file[1] == 0x8b ? (uint)(file[4] | (file[5] << 8) | (file[6] << 16) | (file[7] << 24)) : 0;

    private static string Hash(byte[] page)
    {
        var text = Encoding.UTF8.GetString(page);
        for (var at = text.IndexOf("?v=", StringComparison.Ordinal); at >= 0 && at + 3 + HashLength <= text.Length; at = text.IndexOf("?v=", at + 3, StringComparison.Ordinal))
        {
            var value = text.Substring(at + 3, HashLength);
            if (value.All(Uri.IsHexDigit))
            {
                return value;
            }
        }

        return "";
    }

    private static string Day(uint stamp) => DateTimeOffset.FromUnixTimeSeconds(stamp).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
