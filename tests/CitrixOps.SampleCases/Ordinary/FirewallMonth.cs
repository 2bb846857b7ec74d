using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>
/// A month at the firewalls around a gateway, in each product's words: visitors and scans from outside; names, time, directory, log and application
/// servers that the gateway needs; the other node; administrators; users of the VPN who leave from the subnet address.
/// </summary>
internal static class FirewallMonth
{
    private const string Vip = "203.0.113.10";

    /// <summary>The subnet address of the gateway: VPN users leave from it, the management address carries none.</summary>
    public const string Snip = "10.1.0.11";

    /// <summary>The management addresses of the pair.</summary>
    public const string Nsip = "10.1.0.10";

    public const string Peer = "10.1.0.12";

    public static IEnumerable<Line> Lines(Month month, string logType) => month.Moments(90).Select(t => new Line(t, Text(logType, t, Flow(month), month)));

    private static Connection Flow(Month month) => month.Next(20) switch
    {
        0 or 1 or 2 or 3 => new(month.Client4(), Vip, "tcp", 443, true),
        4 or 5 => new(month.Client4(), Vip, "tcp", month.Pick(22, 23, 80, 445, 3389, 8080, 1433, 5985), false),
        6 => new(month.Client4(), Vip, "udp", month.Pick(443, 53, 161, 1900), month.Next(2) == 0),
        7 => new(month.Pick(Nsip, Snip), "10.1.1.20", "tcp", month.Pick(389, 636, 3268), true),
        8 => new(Nsip, "10.1.1.20", "udp", month.Pick(53, 123, 1812), true),
        9 => new(Nsip, "10.1.1.40", "udp", month.Pick(514, 162), true),
        10 or 11 => new(Snip, "10.1.1.30", "tcp", month.Pick(80, 443), true),
        12 or 13 => new(Snip, FormattableString.Invariant($"10.1.2.{month.Next(10, 90)}"), "tcp", month.Pick(1494, 2598), true),
        14 => new(Nsip, Peer, "tcp", month.Pick(22, 3008, 3010, 3011), true),
        15 => new(Peer, Nsip, "udp", 3003, true),
        16 => new("10.1.1.5", month.Pick(Nsip, Peer), "tcp", month.Pick(22, 443), true),
        17 => new(Nsip, "198.51.100.200", "tcp", 443, month.Next(5) > 0),

        // people at home on their own computers and shares
        _ => new(Snip, FormattableString.Invariant($"10.1.3.{month.Next(2, 200)}"), "tcp", month.Pick(3389, 445, 443, 22), true),
    };

    private static string Text(string logType, DateTimeOffset time, Connection c, Month month)
    {
        var (port, syslog, iso) = (month.Next(1024, 65_000), Stamps.Syslog(time), time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        var upper = c.Protocol.ToUpperInvariant();
        return logType switch
        {
            "pfirewall" => $"{iso} {(c.Allowed ? "ALLOW" : "DROP")} {upper} {c.Source} {c.Destination} {port} {c.Port} 0 - 0 0 0 - - - RECEIVE",
            "iptables" => $"{syslog} fw01 kernel: [{month.Next(99_999)}.{month.Next(9)}] FW-{(c.Allowed ? "ACCEPT" : "DROP")}: IN=dmz OUT=lan SRC={c.Source} DST={c.Destination} LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID={month.Next(9999)} DF PROTO={upper} SPT={port} DPT={c.Port}{(c.Protocol == "tcp" ? " WINDOW=64240 RES=0x00 SYN URGP=0" : " LEN=40")}",
            "asa" when c.Allowed => $"{time.ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture)} fw01 : %ASA-6-302013: Built inbound {upper} connection {month.Next(99_999)} for dmz:{c.Source}/{port} ({c.Source}/{port}) to inside:{c.Destination}/{c.Port} ({c.Destination}/{c.Port})",
            "asa" => $"{syslog} fw01 %ASA-4-106023: Deny {c.Protocol} src dmz:{c.Source}/{port} dst inside:{c.Destination}/{c.Port} by access-group \"dmz_in\" [0x0, 0x0]",
            "fortigate" => $"date={iso[..10]} time={iso[11..]} devname=\"fw01\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" tz=\"+0000\" srcip={c.Source} srcport={port} srcintf=\"dmz\" dstip={c.Destination} dstport={c.Port} dstintf=\"lan\" policyid=4 proto={(c.Protocol == "tcp" ? 6 : 17)} action=\"{(c.Allowed ? "accept" : "deny")}\" sentbyte={month.Next(9999)} rcvdbyte={month.Next(9999)}",
            _ => $"{syslog} fw01 CEF:0|Vendor|Firewall|1.0|100|Traffic {(c.Allowed ? "allowed" : "denied")}|3|src={c.Source} spt={port} dst={c.Destination} dpt={c.Port} proto={upper} act={(c.Allowed ? "allow" : "deny")} request=https://intranet.raad.example/a?b\\=c",
        };
    }

    private sealed record Connection(string Source, string Destination, string Protocol, int Port, bool Allowed);
}
