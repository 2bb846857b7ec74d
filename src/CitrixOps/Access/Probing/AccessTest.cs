using System;
using CitrixOps.Access.Inventory;

namespace CitrixOps.Access.Probing;

/// <summary>
/// What one way in answered, seen from this machine. Gateway, Partition, Name, Through, Uri, Address and Result are the same whenever the
/// same way in answers the same: two tests are compared by them. The property names are part of the public interface.
/// </summary>
public sealed record AccessTest
{
    /// <summary>The gateway, where it is known.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The admin partition, where it is known.</summary>
    public string Partition { get; init; } = "";

    /// <summary>The virtual server, or the address of the management, where it is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>What kind of way in, where it is known.</summary>
    public AccessKind? Kind { get; init; }

    /// <summary>Who it is for, where that is known.</summary>
    public AccessScope? Scope { get; init; }

    /// <summary>The content switch it is reached through, or empty.</summary>
    public string Through { get; init; } = "";

    /// <summary>What was asked for.</summary>
    public string Uri { get; init; } = "";

    /// <summary>The address that was connected to.</summary>
    public string Address { get; init; } = "";

    /// <summary>IPv4 or IPv6, or empty.</summary>
    public string Family { get; init; } = "";

    /// <summary>The port.</summary>
    public int Port { get; init; }

    /// <summary>TCP or UDP.</summary>
    public string Transport { get; init; } = "TCP";

    /// <summary>What became of it.</summary>
    public AccessOutcome Outcome { get; init; }

    /// <summary>
    /// True where something answered: what is behind it can be attacked from here. False where nothing did. Null where that was not to be
    /// told: not tested, no address or no path from here, silence over UDP.
    /// </summary>
    public bool? IsOpen => Outcome is AccessOutcome.NotTested or AccessOutcome.NotResolved or AccessOutcome.Unreachable || (Transport == "UDP" && Outcome == AccessOutcome.NoAnswer)
        ? null
        : Outcome >= AccessOutcome.Connected;

    /// <summary>The TLS version, or empty.</summary>
    public string Tls { get; init; } = "";

    /// <summary>The certificate's subject, or empty.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>SHA-256 of the certificate, or empty.</summary>
    public string CertificateSha256 { get; init; } = "";

    /// <summary>When the certificate ends, UTC.</summary>
    public DateTimeOffset? CertificateNotAfter { get; init; }

    /// <summary>True where this machine trusts the certificate for that name.</summary>
    public bool? CertificateTrusted { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? Status { get; init; }

    /// <summary>Where it redirects to, or empty.</summary>
    public string Location { get; init; } = "";

    /// <summary>The page's title, or empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>True where the answer is recognisably a gateway's; null where there was none.</summary>
    public bool? IsGateway { get; init; }

    /// <summary>It all in a line, without what differs each time.</summary>
    public string Result { get; init; } = "";

    /// <summary>What went wrong, in the words of the network.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The address this machine connected from, or empty.</summary>
    public string From { get; init; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset TestedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Uri} {Address}: {Result}";
}
