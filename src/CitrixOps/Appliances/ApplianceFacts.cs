using System;
using System.Collections.Generic;

namespace CitrixOps.Appliances;

/// <summary>What a source says about the appliance it came from, read by <c>ApplianceSurvey</c> before any log is searched.</summary>
public sealed class ApplianceFacts
{
    /// <summary>The name results are grouped by: host name from the configuration, else the NSIP, else what the source is called.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>This node: host name or NSIP; never empty once surveyed.</summary>
    public string Node { get; set; } = "";

    /// <summary><c>set ns hostName</c>, or null.</summary>
    public string? HostName { get; set; }

    /// <summary>The management address (<c>set ns config -IPAddress</c>, or the bundle's name), or null.</summary>
    public string? Nsip { get; set; }

    /// <summary>The other node of the HA pair (<c>add HA node</c>), or null.</summary>
    public string? PeerAddress { get; set; }

    /// <summary>The IANA or Windows zone of the appliance's clock where the configuration names one, else null (the vendor's default is UTC).</summary>
    public string? TimeZone { get; set; }

    /// <summary>When the source was collected (bundle name, <c>shell/date.out</c>), or null.</summary>
    public DateTimeOffset? CollectedAt { get; set; }

    /// <summary>Every statement of the source about a build: what runs, what boots next, what saved the configuration.</summary>
    public IReadOnlyList<VersionObservation> Versions { get; set; } = Array.Empty<VersionObservation>();

    /// <summary>The configuration: the running one where the source holds it, else the newest saved one; null where there is none.</summary>
    public Configuration.NsConfiguration? Configuration { get; set; }
}
