using System;
using System.Collections.Generic;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The fields that all firewall logs share, under the names Sigma's firewall rules use. <c>action</c> is <c>allow</c> or <c>deny</c>,
/// <c>protocol</c> is lower case; <c>c-ip</c> is the source once more, so that findings name it.
/// </summary>
internal static class FirewallFields
{
    /// <summary>The names.</summary>
    public static readonly IReadOnlyList<string> All = new[]
    {
        "device", "event", "action", "action_logged", "protocol", "src_ip", "src_port", "dst_ip", "dst_port", "src_nat_ip", "dst_nat_ip", "interface_in", "interface_out", "direction",
        "rule", "bytes_sent", "bytes_received", "user", "url", "message", "c-ip",
    };

    private static readonly string[] Allowing = { "allow", "allowed", "accept", "accepted", "permit", "permitted", "pass", "passthrough", "open", "open-inbound", "built", "close", "start", "ip-conn", "client-rst", "server-rst", "timeout", "teardown" };
    private static readonly string[] Denying = { "deny", "denied", "drop", "dropped", "block", "blocked", "reject", "rejected", "discard", "discarded", "prevent", "prevented" };

    /// <summary>Sets the action, as logged and as allow or deny.</summary>
    public static void Action(LogRecord record, string? logged)
    {
        if (logged is not { Length: > 0 })
        {
            return;
        }

        record.Set("action_logged", logged);
        var word = logged.ToLowerInvariant();
        record.Set("action", Array.IndexOf(Allowing, word) >= 0 ? "allow" : Array.IndexOf(Denying, word) >= 0 ? "deny" : null);
    }

    /// <summary>Sets the protocol by name or number.</summary>
    public static void Protocol(LogRecord record, string? logged) => record.Set("protocol", logged?.ToLowerInvariant() switch
    {
        null or "" or "-" => null,
        "1" => "icmp",
        "6" => "tcp",
        "17" => "udp",
        "58" => "icmpv6",
        var name => name,
    });

    /// <summary>Sets both ends.</summary>
    public static void Ends(LogRecord record, string? source, string? sourcePort, string? destination, string? destinationPort)
    {
        record.Set("src_ip", Value(source));
        record.Set("src_port", Value(sourcePort));
        record.Set("dst_ip", Value(destination));
        record.Set("dst_port", Value(destinationPort));
        record.Set("c-ip", Value(source));
    }

    /// <summary>A value that is written as a dash is none.</summary>
    public static string? Value(string? text) => text is null or "" or "-" ? null : text;
}
