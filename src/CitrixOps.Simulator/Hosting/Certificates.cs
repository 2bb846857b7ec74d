using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Self-signed certificates like the appliance's own: a CN that is no host name, no usable alternative name.</summary>
internal static class Certificates
{
    public static X509Certificate2 Create(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name} {Convert.ToHexString(RandomNumberGenerator.GetBytes(3))}, OU=NS Internal, O=Citrix ANG, C=US", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddYears(10));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    public static string Sha256(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
