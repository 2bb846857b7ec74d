using System;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Investigation;

namespace CitrixOps.Access.Probing;

/// <summary>What is read out of an HTTP answer: status, redirect, title, signs of a gateway.</summary>
internal sealed class HttpHead
{
    // paths, cookies and words of the logon pages of all branches since 10.5
    private static readonly string[] Signs = { "/vpn/index.html", "/vpn/js/", "/logon/LogonPoint", "/vpn/tmindex.html", "/cgi/login", "NSC_", "NetScaler Gateway", "Citrix Gateway", "NetScaler AAA", "Citrix ADC", "/Citrix/StoreWeb" };

    private HttpHead(int status, string location, string title, bool isGateway)
    {
        Status = status;
        Location = location;
        Title = title;
        IsGateway = isGateway;
    }

    public int Status { get; }

    /// <summary>The redirect as sent.</summary>
    public string Location { get; }

    public string Title { get; }

    public bool IsGateway { get; }

    /// <summary>Reads an answer, or null where it is none.</summary>
    public static HttpHead? Parse(string text)
    {
        if (!text.StartsWith("HTTP/", StringComparison.Ordinal) || text.IndexOf('\n') is var end && end < 0)
        {
            return null;
        }

        var parts = text.Substring(0, end).Split(' ');
        if (parts.Length < 2 || !int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        var location = text.Split('\n').TakeWhile(l => l.Trim().Length > 0).FirstOrDefault(l => l.StartsWith("Location:", StringComparison.OrdinalIgnoreCase));
        return new HttpHead(status, location is null ? "" : location.Substring(9).Trim(), TitleOf(text), Signs.Any(s => text.IndexOf(s, StringComparison.OrdinalIgnoreCase) >= 0));
    }

    private static string TitleOf(string text)
    {
        var open = text.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        var start = open < 0 ? -1 : text.IndexOf('>', open);
        var close = start < 0 ? -1 : text.IndexOf("</title", start, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? "" : SafeText.FromText(WebUtility.HtmlDecode(text.Substring(start + 1, Math.Min(close - start - 1, 1000))).Trim(), 120);
    }
}
