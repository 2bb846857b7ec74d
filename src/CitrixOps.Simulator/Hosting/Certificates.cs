using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Self-signed certificates like the appliance's own: a CN that is no host name, no usable alternative name.</summary>
internal static class Certificates
{
    // making a key takes a hundred times as long as making a certificate
    private static readonly Lazy<RSA> Key = new(() => RSA.Create(2048));

    public static X509Certificate2 Create(string name)
    {
        var request = new CertificateRequest($"CN={name} {Convert.ToHexString(RandomNumberGenerator.GetBytes(3))}, OU=NS Internal, O=Citrix ANG, C=US", Key.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddYears(10));
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        // Windows does TLS only with keys it has in a store
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }
    }

    public static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
