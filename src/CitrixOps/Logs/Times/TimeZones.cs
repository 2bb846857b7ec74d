using System;
using CitrixOps.Errors;

namespace CitrixOps.Logs.Times;

/// <summary>Finds time zones by IANA or Windows name, the same on every platform.</summary>
public static class TimeZones
{
    /// <summary>Finds a zone.</summary>
    /// <param name="name">IANA (<c>Europe/Amsterdam</c>) or Windows (<c>W. Europe Standard Time</c>) name.</param>
    /// <returns>The zone.</returns>
    /// <exception cref="CitrixOpsException">There is no such zone (<c>TimeZoneUnknown</c>).</exception>
    public static TimeZoneInfo Find(string name) => Polyfills.ZoneLookup.TryFind(name, out var zone)
        ? zone
        : throw new CitrixOpsException(new Problem("TimeZoneUnknown", ErrorKind.InvalidArgument, $"There is no time zone '{Investigation.SafeText.FromText(name, 80)}'.", name, "Give an IANA name such as Europe/Amsterdam, a Windows name such as 'W. Europe Standard Time', or UTC."));

    /// <summary>Finds a zone named by a configuration; null when it is none.</summary>
    /// <param name="name">The name, or null.</param>
    /// <returns>The zone or null.</returns>
    public static TimeZoneInfo? FindOrNull(string? name) => name is not null && Polyfills.ZoneLookup.TryFind(name, out var zone) ? zone : null;
}
