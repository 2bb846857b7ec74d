using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Nitro;

/// <summary>Fingerprints of certificates that are trusted.</summary>
public static class NitroPins
{
    private const int Digits = 64;

    /// <summary>Reads SHA-256 fingerprints: 64 hexadecimal digits, with or without colons, or as OpenSSL writes them.</summary>
    /// <param name="texts">The texts.</param>
    /// <returns>Each as 64 upper-case digits.</returns>
    /// <exception cref="CitrixOpsException"><c>FingerprintNotRecognised</c>.</exception>
    public static IReadOnlyList<string> Parse(IEnumerable<string> texts) => texts.Select(Normalise).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>A fingerprint as people compare it: pairs of digits with colons between.</summary>
    /// <param name="fingerprint">64 digits.</param>
    public static string Spaced(string fingerprint) => string.Join(":", Enumerable.Range(0, fingerprint.Length / 2).Select(i => fingerprint.Substring(i * 2, 2)));

    private static string Normalise(string pin)
    {
        // sha256 Fingerprint=AB:CD…  as openssl prints it
        var value = (pin ?? "").Substring((pin ?? "").LastIndexOf('=') + 1);
        var text = new string(value.Where(c => c is not (':' or ' ' or '-')).ToArray());
        if (text.Length != Digits || !text.All(Uri.IsHexDigit))
        {
            var shown = Investigation.SafeText.FromText(pin ?? "", 100);
            throw new CitrixOpsException(new Problem("FingerprintNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is no SHA-256 fingerprint.", shown, "Give 64 hexadecimal digits, colons allowed. A SHA-1 thumbprint has 40 and is not enough."));
        }

        return text.ToUpperInvariant();
    }
}
