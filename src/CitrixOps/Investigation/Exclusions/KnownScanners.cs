using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>The requests that public scanners send, and this module's own looks from outside. They read, and change nothing.</summary>
internal static class KnownScanners
{
    private static readonly string[] Shells =
    {
        "alfav3-encoded", "alfav4.1-decoded", "alfav4.1-encoded", "andela", "bloodsecv4", "by", "c99ud", "cmd", "configkillerionkros", "mini", "obfuscated-punknopass", "punk-nopass", "punkholic", "r57",
        "smevk", "twemlowswebshell", "wso2.8.5", "info", "prod", "log", "logout", "vpn", "config", "shell", "poc", "rshell", "php-reverse-shell",
    };

    private static readonly Scanner[] All =
    {
        new("Get-GatewayPatchLevel -Uri and scan-citrix-netscaler-version", 1, new[] { "/vpn/js/rdx/core/lang/rdx_en.json.gz", "/vpn/index.html", "/logon/logonpoint/index.html" }),
        new("Test-ExternalAccess", 1, new[] { "/", "/vpn/index.html", "/logon/logonpoint/index.html", "/logon/logonpoint/tmindex.html" }),
        new("check-cve-2019-19781 and citrixmash", 1, new[] { "/vpns/", "/vpns/cfg/smb.conf", "/vpn/../vpns/", "/vpn/../vpns/cfg/smb.conf" }),
        new("citrixInspector", 20, Shells.Select(s => "/vpn/themes/" + s + ".php").Append("/vpn/js/rdx/core/lang/rdx_en.json.gz").Append("/vpn/pluginlist.xml").ToArray()),
    };

    /// <summary>The page a request asks for as scanners are compared by it, or null when no scanner asks like that.</summary>
    public static string? PageOf(LogRecord record)
    {
        if (record["cs-method"] is not ("GET" or "HEAD") || record["cs-uri-query"] is { Length: > 0 } || record["cs-uri"] is not { Length: < 200 } uri || (record["sc-status"] ?? "").StartsWith("2", StringComparison.Ordinal) && uri.IndexOf(".php", StringComparison.OrdinalIgnoreCase) > 0)
        {
            return null;
        }

        var page = RequestViews.Resolve(RequestViews.Decode(uri)).ToLowerInvariant();
        return Array.Exists(All, s => s.Pages.Contains(page)) ? page : null;
    }

    /// <summary>The scanner that asks for these pages and for no other, or null.</summary>
    public static string? NameOf(IReadOnlyCollection<string> pages) => Array.Find(All, s => pages.Count >= s.AtLeast && pages.All(s.Pages.Contains))?.Name;

    private sealed class Scanner
    {
        public Scanner(string name, int atLeast, string[] pages)
        {
            Name = name;
            AtLeast = atLeast;
            Pages = new HashSet<string>(pages, StringComparer.Ordinal);
        }

        public string Name { get; }

        /// <summary>How many different ones it takes to be told.</summary>
        public int AtLeast { get; }

        public HashSet<string> Pages { get; }
    }
}
