using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The message of an ns.log event: <c>Key value - Key "value" - ...</c> and the forms that depart from it. Keys stay as logged; what
/// several events call by different names is set under one name as well, and addresses are taken apart.
/// </summary>
internal static class NsLogMessage
{
    private const int MostPairs = 64;

    // as logged -> the one name
    private static readonly Dictionary<string, string> OneName = new(StringComparer.Ordinal)
    {
        ["Sessionid"] = "SessionId", ["SessionID"] = "SessionId", ["Session_id"] = "SessionId", ["ClientIP"] = "Client_ip", ["ClientIp"] = "Client_ip", ["ClientPort"] = "client-port",
        ["NatIP"] = "Nat_ip", ["Nat_Ip"] = "Nat_ip", ["NatIp"] = "Nat_ip", ["Start_Time"] = "Start_time", ["startTime"] = "Start_time", ["starttime"] = "Start_time",
        ["End_Time"] = "End_time", ["endTime"] = "End_time", ["endtime"] = "End_time", ["Browser"] = "Browser_type", ["Username"] = "User", ["VserverServiceIP"] = "vserver-ip",
        ["VserverServicePort"] = "vserver-port", ["Remote_IP"] = "Remote_ip", ["duration"] = "Duration", ["X-Forwarded-For"] = "X-Forwarded-For_ip",
    };

    private static readonly string[] TwoWords = { "Delink Time", "Hit Rule", "Start Time", "End Time" };

    /// <summary>The fields it sets under names of our own, and the keys rules use most.</summary>
    public static readonly string[] Fields =
    {
        "node", "c-ip", "User", "user-domain", "Client_ip", "client-port", "Remote_ip", "X-Forwarded-For_ip", "Nat_ip", "nat-ip", "nat-port", "Vserver", "vserver-ip", "vserver-port",
        "Source", "source-ip", "source-port", "Destination", "destination-ip", "destination-port", "SessionId", "Context", "context-user", "context-ip", "Start_time", "End_time",
        "Duration", "duration-seconds", "Total_bytes_send", "Total_bytes_recv", "Browser_type", "SSLVPN_client_type", "Group(s)", "LogoutMethod", "Failure_reason", "Access",
        "Command", "Status", "ADM_User", "connectionId", "applicationName", "customername", "Reason", "ClientVersion",
        "cs-host", "cs-method", "cs-uri", "cs-uri-stem", "cs-uri-query", "saml-id", "saml-acs", "saml-forceAuth", "saml-binding",
    };

    /// <summary>Sets the fields of a message.</summary>
    public static void Parse(LogRecord record, string text)
    {
        if (NsLogText.Parse(record, text))
        {
            Finish(record);
            return;
        }

        if (record["event"] == "HTTPREQUEST")
        {
            text = NsLogText.Request(record, text);
        }

        var position = 0;
        for (var pairs = 0; position < text.Length && pairs < MostPairs; pairs++)
        {
            var end = EndOfPair(text, position, out var next);
            Set(record, text.Substring(position, end - position).Trim());
            position = next;
        }

        Finish(record);
    }

    // " - " outside quotes, or " --> " between the ends of a packet; a quote that never closes ends with the text
    private static int EndOfPair(string text, int start, out int next)
    {
        var quoted = false;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                quoted = !quoted && text.IndexOf('"', i + 1) > 0;
            }
            else if (!quoted && text[i] == ' ' && i + 2 < text.Length && text[i + 1] == '-')
            {
                if (text[i + 2] == ' ')
                {
                    next = i + 3;
                    return i;
                }

                if (string.CompareOrdinal(text, i, " --> ", 0, 5) == 0)
                {
                    next = i + 5;
                    return i;
                }
            }
        }

        next = text.Length;
        return text.Length;
    }

    private static void Set(LogRecord record, string pair)
    {
        var two = Array.Find(TwoWords, w => pair.StartsWith(w + " ", StringComparison.Ordinal));
        var blank = two?.Length ?? pair.IndexOf(' ');
        if (blank <= 0)
        {
            return;
        }

        var key = pair.Substring(0, blank).TrimEnd(':');
        var value = pair.Substring(blank + 1).Trim();
        value = value.Length > 1 && value[0] == '"' && value[value.Length - 1] == '"' ? value.Substring(1, value.Length - 2) : value.Length > 0 && value[0] == '"' ? value.Substring(1) : value;
        if (key == "username:domainname")
        {
            var colon = value.LastIndexOf(':');
            SetOnce(record, "User", colon < 0 ? value : value.Substring(0, colon));
            SetOnce(record, "user-domain", colon < 0 ? null : value.Substring(colon + 1));
        }
        else if (key == "Context")
        {
            // a user name may hold an @ itself: the address follows the last one
            var at = value.LastIndexOf('@');
            SetOnce(record, "context-user", at < 0 ? value : value.Substring(0, at));
            SetOnce(record, "context-ip", at < 0 ? null : value.Substring(at + 1));
        }

        SetOnce(record, key, value);
        if (OneName.TryGetValue(key, out var one))
        {
            SetOnce(record, one, value);
        }
    }

    // what the pairs say in other words
    private static void Finish(LogRecord record)
    {
        Endpoint(record, "Source", "source");
        Endpoint(record, "Destination", "destination");
        Endpoint(record, "Vserver", "vserver");
        Endpoint(record, "Nat_ip", "nat");
        if (record["Client_ip"] is { Length: 0 })
        {
            record.Set("Client_ip", null);
        }

        if (record["Duration"] is { } duration && Seconds(duration) is { } seconds)
        {
            record.Set("duration-seconds", seconds);
        }

        record.Set("c-ip", record["source-ip"] ?? record["Client_ip"] ?? record["Remote_ip"] ?? record["c-ip"]);
    }

    // a.b.c.d:443, 2001:db8::1:443, [2001:db8::1]:443; "Mapped Ip" is none
    private static void Endpoint(LogRecord record, string key, string prefix)
    {
        if (record[key] is { } value && EndpointText.TrySplit(value, out var address, out var port))
        {
            SetOnce(record, prefix + "-ip", address);
            SetOnce(record, prefix + "-port", port);
        }
    }

    // 00:00:05, or days first
    private static string? Seconds(string duration)
    {
        long total = 0;
        foreach (var part in duration.Trim().Split(':'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            total = (total * 60) + number;
        }

        return total.ToString(CultureInfo.InvariantCulture);
    }

    private static void SetOnce(LogRecord record, string key, string? value)
    {
        if (record[key] is null)
        {
            record.Set(key, value);
        }
    }
}
