using System;
using System.Globalization;

namespace CitrixOps.SampleCases;

/// <summary>The configuration and the shell output of a bundle.</summary>
internal static class Configuration
{
    public static void Add(BundleBuilder bundle, CaseOptions options)
    {
        var end = options.CollectedAt;
        var parts = options.Version.Split('-');
        var build = parts[1];
        var head = $"#NS{parts[0]} Build {build}\n# Last modified by `save config`, {End(options.From)}\n";
        bundle.Add("nsconfig/ns.conf", head + Commands(options), end);
        bundle.Add("shell/ns_running_config.conf", head + Commands(options), end);
        bundle.Add("shell/showcmds.txt", ShowCommands(options, parts[0], build), end);
        bundle.Add("shell/statcmds.txt", "exec: stat ns\nDone\n", end);
        bundle.Add("shell/sysctl-a.out", $"kern.ostype: FreeBSD\nkern.bootfile: /ns-{options.Version}\nnetscaler.version: NetScaler NS{parts[0]}: Build {build}.nc\n", end);
        bundle.Add("shell/date.out", End(end) + "\n", end);
        bundle.Add("shell/uptime.out", " 9:15AM  up 61 days,  2:10, 1 user, load averages: 1.01, 1.02, 1.00\n", end);
        bundle.Add("shell/df-akin.out", "Filesystem 1K-blocks Used Avail Capacity Mounted on\n/dev/md0 438158 421010 8386 98% /\n", end);
        bundle.Add("var/nslog/dmesg.boot", "Copyright (c) 1992-2013 The FreeBSD Project.\n", end);
    }

    private static string End(DateTimeOffset t) => t.ToString("ddd MMM d HH:mm:ss ", CultureInfo.InvariantCulture) + "CET " + t.Year.ToString(CultureInfo.InvariantCulture);

    private static string Commands(CaseOptions options)
    {
        var peer = options.Peer is null ? "" : $"add HA node 1 {options.Peer}\n";
        return $"""
            set ns config -IPAddress {options.Nsip} -netmask 255.255.255.0
            enable ns feature LB CS SSL SSLVPN AAA REWRITE RESPONDER
            set system parameter -minpasswordlen 8
            {peer}set ns hostName {options.HostName}
            set ns param -timezone "GMT+01:00-CET-Europe/Amsterdam"
            add ns ip 203.0.113.10 255.255.255.0 -type VIP
            add vpn vserver thuiswerken SSL 203.0.113.10 443 -icaOnly ON
            add authentication vserver aaa_thuiswerken SSL 0.0.0.0
            add lb vserver "intranet raad" SSL 203.0.113.12 443 -persistenceType COOKIEINSERT
            set ssl vserver thuiswerken -tls1 DISABLED

            """;
    }

    private static string ShowCommands(CaseOptions options, string branch, string build) =>
        $"""
        exec: show ns version
        	NetScaler NS{branch}: Build {build}.nc, Date: Nov  5 2019, 05:18:47   (64-bit)
        Done
        exec: show ns hostName
        	Hostname:  {options.HostName}
        Done
        exec: show HA node
        1)	Node ID:      0
        	IP:	{options.Nsip} ({options.HostName})
        	Node State: UP
        	Master State: Primary
        2)	Node ID:      1
        	IP:	{options.Peer}
        	Node State: UP
        	Master State: Secondary
        Done

        """;
}
