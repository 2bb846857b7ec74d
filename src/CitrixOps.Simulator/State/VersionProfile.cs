using System;
using System.Globalization;

namespace CitrixOps.Simulator.State;

/// <summary>What differs by version on the wire.</summary>
internal sealed class VersionProfile
{
    /// <summary>For example 13.1-59.22.</summary>
    public VersionProfile(string version)
    {
        Version = version;
        var parts = version.Split('-');
        Branch = parts[0];
        Build = parts[1];
        var release = decimal.Parse(Branch, CultureInfo.InvariantCulture);
        var train = int.Parse(Build.Split('.')[0], CultureInfo.InvariantCulture);
        Late = release >= 14.1m || (release == 13.1m && train >= 48);
        RefusesEncodedColon = release >= 13.1m;
        HasDatasetAcls = release >= 13.0m;
        KnowsClientAddress = Late;
        RefusesDefaultPassword = Late;
        BuildDate = new DateTime(2018 + (int)((release - 12) * 3), 1 + (train % 12), 1 + (train % 28), 10, 31, 36, DateTimeKind.Utc);
    }

    public string Version { get; }

    public string Branch { get; }

    public string Build { get; }

    /// <summary>Late 13.1 and 14.1: rows carry <c>_nextgenapiresource</c>.</summary>
    public bool Late { get; }

    public bool RefusesEncodedColon { get; }

    public bool HasDatasetAcls { get; }

    public bool KnowsClientAddress { get; }

    public bool RefusesDefaultPassword { get; }

    public DateTime BuildDate { get; }

    public string Banner => $"NetScaler NS{Branch}: Build {Build}.nc, Date: {BuildDate.ToString("MMM dd yyyy, HH:mm:ss", CultureInfo.InvariantCulture)}   (64-bit)";
}
