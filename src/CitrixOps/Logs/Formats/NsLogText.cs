using System;

namespace CitrixOps.Logs.Formats;

/// <summary>Messages of ns.log that are sentences or requests instead of pairs.</summary>
internal static class NsLogText
{
    private const string Rejected = "Authentication is rejected for ";

    /// <summary>Sets the fields of a message that is a sentence.</summary>
    /// <returns>False when it is made of pairs.</returns>
    public static bool Parse(LogRecord record, string text)
    {
        if (text.StartsWith("CEF:", StringComparison.Ordinal))
        {
            CefText.Parse(record, text);
            return true;
        }

        if (record["module"] == "APPFW")
        {
            Firewall(record, text);
            return true;
        }

        var rejected = text.IndexOf(Rejected, StringComparison.Ordinal);
        if (rejected >= 0)
        {
            // the name is the client's and may hold anything: the last " (client ip" ends it
            var start = rejected + Rejected.Length;
            var client = text.LastIndexOf("(client ip :", StringComparison.Ordinal);
            record.Set("User", client >= start ? text.Substring(start, client - start).TrimEnd() : text.Substring(start));
            record.Set("Client_ip", client < 0 ? null : Address(text, client + 12));
            var vserver = text.LastIndexOf("vserver ip:", StringComparison.Ordinal);
            record.Set("vserver-ip", vserver < 0 ? null : Address(text, vserver + 11));
            return true;
        }

        if (text.IndexOf("=<", StringComparison.Ordinal) > 0)
        {
            foreach (var name in new[] { "id", "acs", "forceAuth", "binding" })
            {
                var at = text.IndexOf(name + "=<", StringComparison.Ordinal);
                var end = at < 0 ? -1 : End(text, at + name.Length + 2);
                record.Set("saml-" + name, end < 0 ? null : text.Substring(at + name.Length + 2, end - at - name.Length - 2));
            }

            return true;
        }

        return false;
    }

    /// <summary>Reads <c>Context u@ip - SessionId: 1 - host User u : Group(s) g : Vserver ip:443 - time : SSO is ON : GET /path - -</c>.</summary>
    /// <returns>The pairs before and behind the odd part, for the ordinary reading.</returns>
    public static string Request(LogRecord record, string text)
    {
        var user = text.IndexOf(" User ", StringComparison.Ordinal);
        var dash = user < 0 ? -1 : text.LastIndexOf(" - ", user, StringComparison.Ordinal);
        if (dash < 0)
        {
            return text;
        }

        var host = text.Substring(dash + 3, Math.Max(0, user - dash - 3)).Trim();
        record.Set("cs-host", host.Length == 0 || host == "-" ? null : host);
        var parts = text.Substring(user + 1).Split(new[] { " : " }, StringSplitOptions.None);
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].StartsWith("SSO is", StringComparison.Ordinal))
            {
                Target(record, string.Join(" : ", parts, i + 1, parts.Length - i - 1));
                break;
            }
        }

        var pairs = text.Substring(0, dash);
        foreach (var part in parts)
        {
            var name = part.StartsWith("User ", StringComparison.Ordinal) || part.StartsWith("Group(s) ", StringComparison.Ordinal) || part.StartsWith("Vserver ", StringComparison.Ordinal);
            pairs += name ? " - " + part : "";
        }

        return pairs;
    }

    private static void Target(LogRecord record, string request)
    {
        var blank = request.IndexOf(' ');
        var target = blank < 0 ? "" : request.Substring(blank + 1);
        var end = target.EndsWith(" - -", StringComparison.Ordinal) ? target.Length - 4 : target.Length;
        target = target.Substring(0, end).Trim();
        if (target.Length > 0)
        {
            var query = target.IndexOf('?');
            record.Set("cs-method", request.Substring(0, blank));
            record.Set("cs-uri", target);
            record.Set("cs-uri-stem", query < 0 ? target : target.Substring(0, query));
            record.Set("cs-uri-query", query < 0 ? null : target.Substring(query + 1));
        }
    }

    // 198.51.100.3 1234-PPE0 - profile https://host/path Disallow ... <blocked>
    private static void Firewall(LogRecord record, string text)
    {
        var words = text.Split(' ');
        if (words.Length > 0 && EndpointText.IsAddress(words[0]))
        {
            record.Set("Client_ip", words[0]);
        }

        var url = Array.Find(words, w => w.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || w.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        if (url is not null)
        {
            var path = url.IndexOf('/', url.IndexOf("//", StringComparison.Ordinal) + 2);
            record.Set("cs-host", url.Substring(url.IndexOf("//", StringComparison.Ordinal) + 2).Split('/')[0]);
            Target(record, "? " + (path < 0 ? "/" : url.Substring(path)));
            record.Set("cs-method", null);
        }
    }

    // a value may hold > itself: it ends before ", name=<" or at the last >
    private static int End(string text, int start)
    {
        var next = text.IndexOf(">, ", start, StringComparison.Ordinal);
        return next >= 0 ? next : text.LastIndexOf('>') is var last && last >= start ? last : -1;
    }

    private static string? Address(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var end = at;
        while (end < text.Length && text[end] is not (' ' or ',' or ')'))
        {
            end++;
        }

        return end > at ? text.Substring(at, end - at) : null;
    }
}
