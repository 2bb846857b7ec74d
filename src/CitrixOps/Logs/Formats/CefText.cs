using System;
using System.Collections.Generic;
using System.Text;

namespace CitrixOps.Logs.Formats;

/// <summary>The text from <c>CEF:0|</c> on: seven fields between bars, then <c>key=value</c> where values may hold blanks.</summary>
internal static class CefText
{
    private const int MostPairs = 128;

    /// <summary>The fields it sets beside those of firewalls.</summary>
    public static readonly string[] Fields = { "vendor", "product", "name", "severity", "host", "cs-method", "cs-uri", "cs-uri-stem", "cs-uri-query", "cs-host", "cs-user-agent" };

    /// <summary>Sets the fields.</summary>
    public static void Parse(LogRecord record, string text)
    {
        var head = Head(text, out var position);
        record.Set("vendor", Part(head, 1));
        record.Set("product", Part(head, 2));
        record.Set("event", record["event"] ?? Part(head, 4));
        record.Set("name", Part(head, 5));
        record.Set("severity", Part(head, 6));
        var pairs = Extension(text, position);
        string? Get(params string[] keys)
        {
            foreach (var key in keys)
            {
                if (pairs.TryGetValue(key, out var value) && FirewallFields.Value(value) is { } given)
                {
                    return given;
                }
            }

            return null;
        }

        FirewallFields.Ends(record, Get("src", "c6a2"), Get("spt"), Get("dst", "c6a3"), Get("dpt"));
        FirewallFields.Protocol(record, Get("proto"));
        FirewallFields.Action(record, Get("act"));
        record.Set("device", Get("dvchost", "deviceExternalId", "dvc"));
        record.Set("rule", Get("cs1"));
        record.Set("interface_in", Get("deviceInboundInterface"));
        record.Set("interface_out", Get("deviceOutboundInterface"));
        record.Set("src_nat_ip", Get("sourceTranslatedAddress"));
        record.Set("dst_nat_ip", Get("destinationTranslatedAddress"));
        record.Set("bytes_sent", Get("out"));
        record.Set("bytes_received", Get("in"));
        record.Set("user", Get("suser", "duser"));
        record.Set("direction", Get("deviceDirection") switch { "0" => "inbound", "1" => "outbound", var other => other });
        record.Set("url", Get("request"));
        record.Set("cs-method", Get("requestMethod"));
        record.Set("cs-user-agent", Get("requestClientApplication"));
        record.Set("message", Get("msg") ?? record["message"]);
        if (Get("request") is { } request)
        {
            Target(record, request);
        }
    }

    private static void Target(LogRecord record, string request)
    {
        var scheme = request.IndexOf("://", StringComparison.Ordinal);
        var path = scheme is > 0 and < 9 ? request.IndexOf('/', scheme + 3) : 0;
        record.Set("cs-host", scheme is > 0 and < 9 ? request.Substring(scheme + 3, (path < 0 ? request.Length : path) - scheme - 3) : null);
        var target = path < 0 ? "/" : request.Substring(path);
        var query = target.IndexOf('?');
        record.Set("cs-uri", target);
        record.Set("cs-uri-stem", query < 0 ? target : target.Substring(0, query));
        record.Set("cs-uri-query", query < 0 ? null : target.Substring(query + 1));
    }

    private static string? Part(List<string> head, int index) => index < head.Count ? FirewallFields.Value(head[index]) : null;

    private static List<string> Head(string text, out int position)
    {
        var parts = new List<string>(7);
        var part = new StringBuilder();
        for (position = 0; position < text.Length && parts.Count < 7; position++)
        {
            // \| and \\ are escapes, a backslash before anything else is one: what is looked for stands in the line as it is
            if (text[position] == '\\' && position + 1 < text.Length && (text[position + 1] is '\\' or '|'))
            {
                part.Append(text[++position]);
            }
            else if (text[position] == '|')
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(text[position]);
            }
        }

        return parts;
    }

    // a value runs to the blank before the next key=; \= \\ \n are escapes
    private static Dictionary<string, string> Extension(string text, int position)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        var equals = NextEquals(text, position);
        while (equals >= 0 && pairs.Count < MostPairs)
        {
            var blank = text.LastIndexOf(' ', equals, equals - position + 1);
            var key = text.Substring(blank < 0 ? position : blank + 1, equals - (blank < 0 ? position : blank + 1));
            var next = NextEquals(text, equals + 1);
            var end = next < 0 ? text.Length : text.LastIndexOf(' ', next, next - equals);
            end = end < equals ? next : end;
            if (!pairs.ContainsKey(key))
            {
                pairs[key] = text.Substring(equals + 1, Math.Max(0, end - equals - 1)).Replace("\\=", "=").Replace("\\n", "\n").Replace("\\\\", "\\").Trim();
            }

            position = Math.Min(text.Length, Math.Max(end, equals + 1));
            equals = next;
        }

        return pairs;
    }

    private static int NextEquals(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '=')
            {
                // only a word before it makes it a key
                var at = i - 1;
                while (at >= start && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.'))
                {
                    at--;
                }

                if (at < i - 1 && (at < start || text[at] == ' '))
                {
                    return i;
                }
            }
        }

        return -1;
    }
}
