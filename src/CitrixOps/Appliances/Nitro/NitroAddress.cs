using System;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Nitro;

/// <summary>The management address of a node: host and port, always HTTPS.</summary>
public sealed record NitroAddress
{
    private NitroAddress(Uri uri) => Uri = uri;

    /// <summary>The address with scheme and port, ending in a slash.</summary>
    public Uri Uri { get; }

    /// <summary>The host.</summary>
    public string Host => Uri.DnsSafeHost;

    /// <summary>Reads a host name, an address, either with a port, or an https address.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The address.</returns>
    /// <exception cref="CitrixOpsException"><c>AddressNotRecognised</c>, <c>PlainHttpRefused</c>.</exception>
    public static NitroAddress Parse(string text)
    {
        var given = (text ?? "").Trim();
        var shown = Investigation.SafeText.FromText(given, 80);
        if (given.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw new CitrixOpsException(new Problem("PlainHttpRefused", ErrorKind.SecurityRefusal, $"'{shown}' is plain HTTP: password and session would travel readable.", shown, "Give the host name or an https address."));
        }

        var bare = given.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? given.Substring(8) : given;
        bare = bare.TrimEnd('/');
        if (bare.IndexOf(':') != bare.LastIndexOf(':') && !bare.StartsWith("[", StringComparison.Ordinal))
        {
            bare = "[" + bare + "]";
        }

        if (bare.Length == 0 || bare.IndexOfAny(new[] { '/', '?', '#', '@', ' ' }) >= 0 || !Uri.TryCreate("https://" + bare + "/", UriKind.Absolute, out var uri) || uri.HostNameType == UriHostNameType.Unknown)
        {
            throw new CitrixOpsException(new Problem("AddressNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is no address of an appliance.", shown, "Give the NSIP or its host name, with a port where it is not 443: gw1, 192.0.2.10, 192.0.2.10:8443, [2001:db8::10]."));
        }

        return new NitroAddress(uri);
    }

    /// <summary>The same port on another host.</summary>
    /// <param name="host">The host.</param>
    public NitroAddress On(string host) => Parse((host.IndexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + Uri.Port);

    /// <inheritdoc/>
    public override string ToString() => Uri.IsDefaultPort ? Host : Uri.Authority;
}
