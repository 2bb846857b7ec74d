using System;

namespace CitrixOps.Appliances;

/// <summary>The zone of an appliance's clock, from the spelling of its configuration: <c>GMT+01:00-CET-Europe/Amsterdam</c>.</summary>
public static class ApplianceZone
{
    /// <summary>The IANA name, UTC, or null where it names none.</summary>
    /// <param name="value">The value of <c>set ns param -timezone</c>.</param>
    public static string? Name(string? value)
    {
        var parts = value?.Split(new[] { '-' }, 3);
        return parts is { Length: 3 } && parts[2].IndexOf('/') > 0 ? parts[2]
            : value is not null && (value.IndexOf("UTC", StringComparison.Ordinal) >= 0 || value.StartsWith("Coordinated", StringComparison.Ordinal)) ? "UTC" : null;
    }
}
