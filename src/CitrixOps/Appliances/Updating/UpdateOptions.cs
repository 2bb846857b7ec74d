using System;

namespace CitrixOps.Appliances.Updating;

/// <summary>How an update is done.</summary>
public sealed record UpdateOptions
{
    /// <summary>The folder of receipts.</summary>
    public string ReceiptFolder { get; init; } = Receipts.ReceiptFolder.Default;

    /// <summary>Where evidence was preserved, for the record; null where none was named.</summary>
    public EvidenceCopy? Evidence { get; init; }

    /// <summary>True to go on where a check failed that is a matter of judgement: a build that leaves exploited flaws open, unsaved changes.</summary>
    public bool Force { get; init; }

    /// <summary>True to make that node primary again that was primary before.</summary>
    public bool SwapBack { get; init; }

    /// <summary>How long a backup may take.</summary>
    public TimeSpan BackupLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a node may take to come back.</summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the installation may take.</summary>
    public TimeSpan InstallLimit { get; init; } = TimeSpan.FromMinutes(45);

    /// <summary>How long it may take until a command shows an effect: roles after a failover, a node that goes away to restart, a file.</summary>
    public TimeSpan EffectLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause between two looks at a node that restarts.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest package that is sent over NITRO, in bytes: the appliance holds it in memory whole.</summary>
    public long UploadLimit { get; init; } = 64 << 20;

    /// <summary>Gets messages about waiting, or null.</summary>
    public Action<string>? Notice { get; init; }
}
