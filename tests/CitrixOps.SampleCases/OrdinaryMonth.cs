using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.SampleCases.Ordinary;

namespace CitrixOps.SampleCases;

/// <summary>An ordinary month of each log, and the logs of products that are no gateway: nothing in them is a break-in. By seed; the same seed makes the same lines.</summary>
public static class OrdinaryMonth
{
    /// <summary>The first moment, UTC.</summary>
    public static DateTimeOffset Start => Month.Start;

    /// <summary>The end, exclusive.</summary>
    public static DateTimeOffset End => Month.End;

    /// <summary>Statements of the configuration of the gateway that the firewalls' logs are about.</summary>
    public static string Configuration { get; } = $"""
        #NS14.1 Build 73.46
        set ns config -IPAddress {FirewallMonth.Nsip} -netmask 255.255.255.0
        add ns ip {FirewallMonth.Snip} 255.255.255.0 -type SNIP
        add HA node 1 {FirewallMonth.Peer}
        set ns hostName gw-raadhuis
        add vpn vserver thuiswerken SSL 203.0.113.10 443
        add vpn sessionAction sa_vpn -splitTunnel ON -icaProxy OFF -clientlessVpnMode OFF

        """;

    /// <summary>Each log in each form in which it comes, with its lines in the order of their times.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="host">The node's name.</param>
    /// <param name="nsip">The node's address.</param>
    public static IReadOnlyList<(string LogType, string Form, Func<IEnumerable<Line>> Lines)> All(int seed, string host = "gw-raadhuis", string nsip = "192.0.2.10")
    {
        Month New() => new(seed, host, nsip);
        return
        [
            ("httpaccess", "old", () => AccessMonth.Lines(New(), old: true)),
            ("httpaccess", "new", () => AccessMonth.Lines(New(), old: false)),
            ("httperror", "seconds", () => ErrorMonth.Lines(New(), micros: false)),
            ("httperror", "microseconds", () => ErrorMonth.Lines(New(), micros: true)),
            ("shell", "bash", () => ShellMonth.Lines(New(), "bash")),
            ("shell", "sh", () => ShellMonth.Lines(New(), "sh")),
            ("cron", "", () => SystemMonth.Cron(New())),
            .. Enum.GetValues<NsLogForm>().Select(f => ("nslog", f.ToString(), (Func<IEnumerable<Line>>)(() => NsLogMonth.Lines(New(), f)))),
            ("notice", "", () => SystemMonth.Notice(New(), ShellMonth.Lines(New(), "bash").Concat(ShellMonth.Lines(New(), "sh")))),
            ("messages", "", () => SystemMonth.Messages(New())),
            ("auth", "", () => SystemMonth.Auth(New())),
            ("nsvpn", "", () => SystemMonth.NsVpn(New())),
            .. new[] { "pfirewall", "iptables", "asa", "fortigate", "cef" }.Select(t => (t, "", (Func<IEnumerable<Line>>)(() => FirewallMonth.Lines(New(), t)))),
        ];
    }

    /// <summary>The logs of a node over the month, as its disk has them.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="host">The node's name.</param>
    /// <param name="nsip">The node's address.</param>
    /// <param name="peer">The address of the other node of the pair.</param>
    public static BundleBuilder Node(int seed, string host, string nsip, string peer)
    {
        var bundle = new BundleBuilder();
        bundle.Add("nsconfig/ns.conf", $"#NS14.1 Build 73.46\nset ns config -IPAddress {nsip} -netmask 255.255.255.0\nadd HA node 1 {peer}\nset ns hostName {host}\nadd vpn vserver thuiswerken SSL 203.0.113.10 443\n", End);
        var logs = All(seed, host, nsip);
        IEnumerable<Line> Of(string type, string form) => logs.Single(l => l.LogType == type && l.Form == form).Lines();
        foreach (var (name, lines, each) in new[]
        {
            ("httpaccess.log", Of("httpaccess", "new"), 600), ("httperror.log", Of("httperror", "microseconds"), 200), ("bash.log", Of("shell", "bash"), 600), ("sh.log", Of("shell", "sh"), 600), ("cron", Of("cron", ""), 400),
            ("ns.log", Of("nslog", nameof(NsLogForm.Ordinary)), 900), ("notice.log", Of("notice", ""), 900), ("messages", Of("messages", ""), 300), ("auth.log", Of("auth", ""), 400), ("nsvpn.log", Of("nsvpn", ""), 600),
        })
        {
            RotatedLog.Add(bundle, name, lines, each, End);
        }

        return bundle;
    }
}
