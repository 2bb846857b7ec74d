using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Nitro;

/// <summary>Decides whether a node's certificate is trusted, before anything secret is sent.</summary>
internal sealed class CertificateGuard
{
    private readonly HashSet<string> _pins;
    private readonly bool _skip;
    private string? _first;

    public CertificateGuard(IEnumerable<string> pins, bool skip)
    {
        _pins = new HashSet<string>(NitroPins.Parse(pins), StringComparer.OrdinalIgnoreCase);
        _skip = skip;
    }

    /// <summary>Why the last certificate was refused, or null.</summary>
    public Problem? Refusal { get; private set; }

    /// <summary>SHA-256 of the certificate in use, or null.</summary>
    public string? Fingerprint => _first;

    public bool Accepts(X509Certificate2? certificate, SslPolicyErrors errors, string host)
    {
        if (certificate is null)
        {
            Refusal = new Problem("CertificateNotTrusted", ErrorKind.SecurityRefusal, $"'{host}' shows no certificate.", host, "Check that this is the management address.");
            return false;
        }

        using var sha = SHA256.Create();
        var fingerprint = string.Concat(sha.ComputeHash(certificate.RawData).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
        Refusal = Check(fingerprint, errors, host);
        if (Refusal is null)
        {
            _first ??= fingerprint;
        }

        return Refusal is null;
    }

    private Problem? Check(string fingerprint, SslPolicyErrors errors, string host)
    {
        if (_pins.Contains(fingerprint) || (_pins.Count == 0 && errors == SslPolicyErrors.None))
        {
            return null;
        }

        if (_first is not null && _first != fingerprint)
        {
            return new Problem("CertificateChanged", ErrorKind.SecurityRefusal, $"'{host}' shows another certificate than at the start of the session: SHA-256 {NitroPins.Spaced(fingerprint)}, before {NitroPins.Spaced(_first)}.", host, "Find out who changed it. Somebody may stand between. Connect anew when it is explained.");
        }

        if (_pins.Count == 0 && _skip)
        {
            return null;
        }

        var why = _pins.Count > 0 ? "is none of those given" : "is not trusted by this machine";
        return new Problem(
            "CertificateNotTrusted",
            ErrorKind.SecurityRefusal,
            $"The certificate of '{host}' {why}. Its SHA-256 is {NitroPins.Spaced(fingerprint)}.",
            host,
            "Compare it with what the appliance itself shows on its console (openssl x509 -in /nsconfig/ssl/ns-server.cert -noout -fingerprint -sha256), and give it with -ServerCertificateSha256. Nothing secret was sent.");
    }
}
