using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CitrixOps.Logs;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>
/// The forms of a request and of a command, written anew from their description in module/data/rules/README.md, without any of the product's code:
/// slow, plain, and a witness against it.
/// </summary>
internal static class ReferenceViews
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/\\%";

    public static IReadOnlyList<(Func<string, string?> Field, string Raw)> Of(LogRecord record)
    {
        var views = new List<(Func<string, string?> Field, string Raw)> { (name => record[name], record.Raw) };
        if (record.LogType is LogTypes.Shell or LogTypes.Cron or LogTypes.Notice or LogTypes.Messages)
        {
            var plain = new[] { "command", "message" }.Where(n => record[n] is not null).ToDictionary(n => n, n => ReferenceShell.Plain(record[n]!), StringComparer.Ordinal);
            views.Add((name => plain.TryGetValue(name, out var value) ? value : record[name], ReferenceShell.Plain(record.Raw)));
        }

        if (record.LogType == LogTypes.HttpAccess && record["cs-uri"] is { } uri)
        {
            var decoded = Decode(uri);
            views.Add((name => Of(record, decoded, name), record.Raw));
            var canonical = Resolve(decoded);
            views.Add((name => Of(record, canonical, name), record.Raw));
        }

        return views;
    }

    private static string? Of(LogRecord record, string uri, string name)
    {
        var parts = uri.Split('?', 2);
        return name switch { "cs-uri" => uri, "cs-uri-stem" => parts[0], "cs-uri-query" => parts.ElementAtOrDefault(1), _ => record[name] };
    }

    private static string Decode(string uri)
    {
        for (var round = 0; round < 4; round++)
        {
            uri = Once(uri);
        }

        var parts = uri.Split('?', 2);
        var path = parts[0];
        if (Regex.Match(path, "^[^/]{1,8}://[^/]*(?<path>/.*)?$", RegexOptions.Singleline | RegexOptions.CultureInvariant) is { Success: true } absolute)
        {
            path = absolute.Groups["path"].Success ? absolute.Groups["path"].Value : "/";
        }

        path = Regex.Replace(path.Replace('\\', '/'), ";[^/]*", "");
        while (path.Contains("//", StringComparison.Ordinal) || path.Contains("/./", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal).Replace("/./", "/", StringComparison.Ordinal);
        }

        return parts.Length > 1 ? path + "?" + parts[1] : path;
    }

    private static string Once(string uri)
    {
        var result = new StringBuilder();
        for (var rest = uri; rest.Length > 0;)
        {
            var (character, length) = First(rest);
            result.Append(character ?? rest[0]);
            rest = rest[(character is null ? 1 : length)..];
        }

        return result.ToString();
    }

    // %41; %c1%81, %e0%81%81, %f0%80%81%81 (overlong); %u0041; %uff21 (full width)
    private static (char? Character, int Length) First(string text)
    {
        if (Regex.Match(text, "^%[uU](00|[fF][fF])([0-9a-fA-F]{2})") is { Success: true } unicode)
        {
            var low = Hex(unicode.Groups[2].Value);
            var value = unicode.Groups[1].Value == "00" ? low : low is > 0 and < 0x5f ? low + 0x20 : -1;
            return (IfPlain(value), 6);
        }

        var bytes = Regex.Match(text, "^(%[0-9a-fA-F]{2})+").Value.Split('%', StringSplitOptions.RemoveEmptyEntries).Take(4).Select(Hex).ToArray();
        if (bytes.Length == 0)
        {
            return (null, 1);
        }

        if (bytes[0] < 0x80)
        {
            return (IfPlain(bytes[0]), 3);
        }

        var count = bytes[0] switch { 0xc0 or 0xc1 => 2, 0xe0 => 3, 0xf0 => 4, _ => 0 };
        if (count == 0 || bytes.Length < count || bytes.Skip(1).Take(count - 1).Any(b => b is < 0x80 or > 0xbf))
        {
            return (null, 1);
        }

        var bits = string.Concat(bytes.Take(count).Select((b, i) => Convert.ToString(i == 0 ? b & (count == 2 ? 0x1f : 0x0f) : b & 0x3f, 2).PadLeft(6, '0')));
        return (IfPlain(Convert.ToInt32(bits, 2)), 3 * count);
    }

    private static char? IfPlain(int value) => value is > 0 and < 0x80 && Plain.Contains((char)value) ? (char)value : null;

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Resolve(string uri)
    {
        var parts = uri.Split('?', 2);
        var segments = parts[0].Split('/').ToList();
        for (var at = segments.IndexOf(".."); at >= 0; at = segments.IndexOf(".."))
        {
            segments.RemoveAt(at);
            if (at > 1)
            {
                segments.RemoveAt(at - 1);
            }
        }

        return string.Join("/", segments) + (parts.Length > 1 ? "?" + parts[1] : "");
    }
}
