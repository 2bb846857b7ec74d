namespace CitrixOps.Appliances;

/// <summary>What a path turned out to hold.</summary>
public enum SourceKind
{
    /// <summary>Single files without an appliance around them (one log, one ns.conf).</summary>
    LooseFiles,

    /// <summary>A support bundle (collector_*.tar.gz), packed or extracted: its root holds <c>nsconfig/</c>, <c>shell/</c>, <c>var/</c>.</summary>
    SupportBundle,

    /// <summary>A system backup (<c>create system backup</c>), packed or extracted.</summary>
    Backup,

    /// <summary>The file system of an appliance: a mounted image or an extracted copy of its root.</summary>
    Image,

    /// <summary>Any other archive that holds appliance files.</summary>
    Archive,

    /// <summary>A running appliance, over its REST API.</summary>
    Live,
}
