using System;
using System.Globalization;
using System.IO;
using System.Net;

namespace CitrixOps.Appliances;

/// <summary>What the name of a support bundle says: <c>collector_P_192.0.2.10_24Jan2020_09_15.tar.gz</c>.</summary>
/// <param name="Nsip">The management address.</param>
/// <param name="CollectedAt">When it was made. The name states no zone: taken as UTC.</param>
internal sealed record BundleName(string Nsip, DateTimeOffset CollectedAt)
{
    /// <summary>Reads a name, or returns null.</summary>
    public static BundleName? Parse(string path)
    {
        var parts = Path.GetFileName(path.TrimEnd('/', '\\')).Split('_');
        if (parts.Length < 6 || parts[0] != "collector" || !IPAddress.TryParse(parts[2], out _))
        {
            return null;
        }

        var minute = parts[5].Length >= 2 ? parts[5].Substring(0, 2) : parts[5];
        return DateTime.TryParseExact($"{parts[3]} {parts[4]}:{minute}", "dMMMyyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new BundleName(parts[2], new DateTimeOffset(time, TimeSpan.Zero))
            : null;
    }
}
