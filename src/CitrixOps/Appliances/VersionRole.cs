namespace CitrixOps.Appliances;

/// <summary>What a version statement is about. Running and next-boot build are different facts.</summary>
public enum VersionRole
{
    /// <summary>The build in memory (<c>show ns version</c>, <c>kern.bootfile</c>, <c>sysctl netscaler.version</c>).</summary>
    Running,

    /// <summary>The build the boot loader would start (<c>/flash/boot/loader.conf</c>).</summary>
    NextBoot,

    /// <summary>The build that last saved the configuration (head of <c>ns.conf</c>): not necessarily what runs.</summary>
    SavedBy,

    /// <summary>Given by the caller.</summary>
    Stated,

    /// <summary>Inferred from public files without authentication.</summary>
    Fingerprint,
}
