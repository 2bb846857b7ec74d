using System;
using System.Diagnostics.CodeAnalysis;

namespace CitrixOps.Polyfills;

/// <summary>Time zones by IANA or Windows name. .NET Framework knows Windows names only; there a table translates.</summary>
internal static class ZoneLookup
{
    /// <summary>Finds a zone.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone)
    {
#if NETSTANDARD2_0
        return TimeZoneConverter.TZConvert.TryGetTimeZoneInfo(name, out zone!);
#else
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
#endif
    }
}
