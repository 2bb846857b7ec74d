using System;
using CitrixOps.Appliances;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Files;
using CitrixOps.Indicators.Matching;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// The file that an intruder made, as a success names it: by its name, which is the same on the disk and on the web. Names that every
/// gateway has are none.
/// </summary>
internal static class Artefacts
{
    private static readonly string[] Common = { "index.html", "index.php", "tmindex.html", "login.html", "logo.png", "httpd.conf", "crontab", "authorized_keys", "rc.netscaler", "ns.conf", "passwd", "master.passwd", "nobody", "root" };

    /// <summary>What a request that succeeded asked for.</summary>
    public static string? Of(Indicator rule, LogRecord record)
    {
        if (rule.Outcome != Outcome.Success || rule.Grade == Grade.Pivot || record["cs-uri"] is not { } uri)
        {
            return null;
        }

        // the portal's own scripts are what is attacked, not what is left
        var page = RequestViews.Resolve(RequestViews.Decode(uri));
        var query = page.IndexOf('?');
        page = query < 0 ? page : page.Substring(0, query);
        return page.EndsWith(".pl", StringComparison.OrdinalIgnoreCase) ? null : Name(page);
    }

    /// <summary>A file that carries a finding by its place or content, and is nothing that every appliance has.</summary>
    public static string? Of(Indicator indicator, ApplianceFile file) =>
        indicator.Outcome == Outcome.Success && indicator.Grade != Grade.Pivot && file.AppliancePath is { } path && !path.StartsWith("/shell/", StringComparison.Ordinal) && !path.StartsWith("/var/core/", StringComparison.Ordinal) && indicator is FileIndicator ? Name(path) : null;

    private static string? Name(string path)
    {
        var name = path.Substring(path.LastIndexOf('/') + 1);
        return name.Length is < 4 or > 80 || Array.IndexOf(Common, name.ToLowerInvariant()) >= 0 ? null : SafeText.FromRecord(name, 80);
    }
}
