using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using CitrixOps.Advisories;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Updating;

/// <summary>The package of a build: a file here whose hash was checked, or an address the appliance fetches from.</summary>
public sealed class UpdatePackage
{
    private const int LongestName = 63;

    private UpdatePackage(string name, GatewayVersion version, string sha256, string? path, long size, Uri? address)
    {
        Sha256 = sha256.Trim().ToLowerInvariant();
        Name = name;
        Version = version;
        LocalPath = path;
        Size = size;
        Address = address;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The build it holds, by its name.</summary>
    public GatewayVersion Version { get; }

    /// <summary>Its SHA-256, as it was given and found.</summary>
    public string Sha256 { get; }

    /// <summary>Where it lies on this machine, or null.</summary>
    public string? LocalPath { get; }

    /// <summary>Its size in bytes; 0 where it is not known.</summary>
    public long Size { get; }

    /// <summary>Where the appliance fetches it, or null.</summary>
    public Uri? Address { get; }

    /// <summary>A file on this machine.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">The hash that the vendor publishes.</param>
    /// <exception cref="CitrixOpsException"><c>PackageNotRead</c>, <c>PackageNotRecognised</c>, <c>PackageAltered</c>.</exception>
    public static UpdatePackage FromFile(string path, string sha256)
    {
        var (name, version) = Recognise(Path.GetFileName(path));
        try
        {
            using var stream = File.OpenRead(path);
            using var sha = SHA256.Create();
            Compare(name, string.Concat(sha.ComputeHash(stream).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture))), sha256);
            return new UpdatePackage(name, version, sha256, path, stream.Length, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CitrixOpsException(new Problem("PackageNotRead", ErrorKind.ReadFailed, $"'{path}' could not be read: {e.Message}", path, "Give the package of a build, as the vendor gives it out."), e);
        }
    }

    /// <summary>An address that the appliance fetches from; its content was hashed from here.</summary>
    /// <param name="address">The address, https.</param>
    /// <param name="actual">The hash of what was fetched here.</param>
    /// <param name="size">Its size.</param>
    /// <param name="sha256">The hash that the vendor publishes.</param>
    /// <exception cref="CitrixOpsException"><c>PackageNotRecognised</c>, <c>PackageAltered</c>.</exception>
    public static UpdatePackage FromAddress(Uri address, string actual, long size, string sha256)
    {
        var (name, version) = Recognise(Path.GetFileName(address.AbsolutePath));
        Compare(name, actual, sha256);
        return new UpdatePackage(name, version, sha256, null, size, address);
    }

    private static (string Name, GatewayVersion Version) Recognise(string name)
    {
        var shown = Investigation.SafeText.FromText(name, 80);
        return name.Length <= LongestName && name.StartsWith("build-", StringComparison.Ordinal) && name.EndsWith(".tgz", StringComparison.Ordinal) && name.All(c => c < 128 && (char.IsLetterOrDigit(c) || c is '-' or '.' or '_')) && VersionParser.TryParse(name, out var version, out _)
            ? (name, version!)
            : throw new CitrixOpsException(new Problem("PackageNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is not named as the package of a build.", shown, "Keep the vendor's name, for example build-14.1-73.46_nc_64.tgz: it tells the build."));
    }

    private static void Compare(string name, string actual, string expected)
    {
        if (!string.Equals(actual, expected.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            throw new CitrixOpsException(new Problem("PackageAltered", ErrorKind.SecurityRefusal, $"The SHA-256 of '{name}' is {actual}, not the one given.", name, "Compare with the vendor's download page. Do not install it."));
        }
    }
}
