using System;
using System.Collections.Generic;

namespace CitrixOps.Appliances.Nitro;

/// <summary>How to connect to an appliance.</summary>
public sealed record ConnectOptions
{
    /// <summary>The account.</summary>
    public NitroCredential Credential { get; init; } = new(new System.Net.NetworkCredential());

    /// <summary>SHA-256 of the certificates that are trusted, one per node; empty to trust what this machine trusts.</summary>
    public IReadOnlyList<string> Pins { get; init; } = Array.Empty<string>();

    /// <summary>True to trust any certificate. The first one seen has to stay.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The admin partition to work in, or null for the default one.</summary>
    public string? Partition { get; init; }

    /// <summary>How long a call may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the appliance keeps the session when nothing is asked.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Pauses before the next try where the appliance has no session free (445, 446).</summary>
    public IReadOnlyList<TimeSpan> BusyPauses { get; init; } = new[] { TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10) };

    /// <summary>Pauses before a read is tried again after a failed connection. Writes are never repeated.</summary>
    public IReadOnlyList<TimeSpan> ReadPauses { get; init; } = new[] { TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1) };

    /// <summary>The largest file that is read over NITRO, in bytes: the management process holds it in memory.</summary>
    public long FileLimit { get; init; } = 8 << 20;

    /// <summary>Gets messages about waiting.</summary>
    public Action<string>? Notice { get; init; }
}
