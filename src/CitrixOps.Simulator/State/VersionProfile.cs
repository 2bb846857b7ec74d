using System;
using System.Collections.Generic;
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
        _release = release;
        Late = release >= 14.1m || (release == 13.1m && train >= 48);
        RefusesEncodedColon = release >= 13.1m;
        KnowsClientAddress = Late;
        RefusesDefaultPassword = Late;
        BuildDate = new DateTime(2018 + (int)((release - 12) * 3), 1 + (train % 12), 1 + (train % 28), 10, 31, 36, DateTimeKind.Utc);
    }

    // the first release that knows a type or a property, where it is not in 12.1
    private static readonly Dictionary<string, decimal> Since = new(StringComparer.Ordinal)
    {
        ["hasyncfailures"] = 13.0m,
        ["nstimezone"] = 13.0m,
        ["systemsshkey"] = 13.1m,
        ["nsacl.srcipdataset"] = 13.0m,
        ["nsacl.destipdataset"] = 13.0m,
        ["nsacl.type"] = 13.0m,
        ["policydataset_value_binding.endrange"] = 13.0m,
        ["aaasession.sessionkey"] = 13.1m,
        ["systemparameter.maxsessionperuser"] = 14.1m,
        ["systemparameter.daystoexpire"] = 14.1m,
        ["systemparameter.passwordhistorycontrol"] = 13.1m,
        ["systemparameter.wafprotection"] = 13.1m,
        ["systemparameter.basicauth"] = 13.0m,
        ["install.async"] = 14.1m,
        ["lbvserver.order"] = 13.1m,
    };

    private readonly decimal _release;

    /// <summary>True where this release has the type.</summary>
    public bool Knows(string type) => !Since.TryGetValue(type, out var first) || _release >= first;

    /// <summary>True where this release has the property.</summary>
    public bool Knows(string type, string property) => !Since.TryGetValue(type + "." + property, out var first) || _release >= first;

    public string Version { get; }

    public string Branch { get; }

    public string Build { get; }

    /// <summary>Late 13.1 and 14.1: rows carry <c>_nextgenapiresource</c>.</summary>
    public bool Late { get; }

    public bool RefusesEncodedColon { get; }

    public bool KnowsClientAddress { get; }

    public bool RefusesDefaultPassword { get; }

    public DateTime BuildDate { get; }

    public string Banner => $"NetScaler NS{Branch}: Build {Build}.nc, Date: {BuildDate.ToString("MMM dd yyyy, HH:mm:ss", CultureInfo.InvariantCulture)}   (64-bit)";
}
