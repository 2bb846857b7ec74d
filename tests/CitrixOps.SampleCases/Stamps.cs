using System;
using System.Globalization;

namespace CitrixOps.SampleCases;

/// <summary>Times as each kind of log writes them.</summary>
internal static class Stamps
{
    /// <summary>RFC 3164, local, no year.</summary>
    public static string Syslog(DateTimeOffset t) =>
        t.ToString("MMM", CultureInfo.InvariantCulture) + " " + t.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + t.ToString(" HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Apache access log, with offset.</summary>
    public static string Access(DateTimeOffset t) =>
        t.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1);

    /// <summary>Apache error log, local, no offset.</summary>
    public static string Error(DateTimeOffset t) =>
        t.ToString("ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture);

    /// <summary>The inner stamp of ns.log, GMT.</summary>
    public static string NsLog(DateTimeOffset t) =>
        t.ToUniversalTime().ToString("MM/dd/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " GMT";
}
