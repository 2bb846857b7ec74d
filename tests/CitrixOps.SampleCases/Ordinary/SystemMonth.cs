using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>A month of the logs of the system below: cron, messages, notice.log, auth.log, nsvpn.log.</summary>
internal static class SystemMonth
{
    private static readonly string[] Jobs = ["newsyslog", "/usr/libexec/atrun", "/netscaler/nsfsyncd -p", "/netscaler/ns_monuploadd_err.pl", "/bin/sh /nsconfig/cleanup.sh \"daily\"", "/netscaler/nslog_rotate.sh > /dev/null 2>&1", "/usr/bin/nice /netscaler/nsprofmon_rotate.sh", "adjkerntz -a", "operator /usr/libexec/save-entropy", "test -x /netscaler/x && /netscaler/x >> /var/log/own.log"];

    public static IEnumerable<Line> Cron(Month month) =>
        Month.Every(TimeSpan.FromMinutes(30)).Select((t, i) => month.Next(8) == 0
            ? new Line(t, $"{Stamps.Syslog(t)} {month.Host} /usr/sbin/cron[{month.Next(900, 60_000)}]: (root) CMD ({month.Pick(Jobs)})")
            : month.Syslog(t, "cron.info", $"/usr/sbin/cron[{month.Next(900, 60_000)}]: (root) CMD ({month.Pick(Jobs)})"))
        .Concat(Month.Every(TimeSpan.FromHours(50), TimeSpan.FromMinutes(7)).Select((t, i) => month.Syslog(t, "cron.info", i % 2 == 0 ? "/usr/sbin/cron[812]: (root) RELOAD (tabs/root)" : "crontab[4711]: (root) LIST (root)")));

    public static IEnumerable<Line> Messages(Month month) =>
        month.Moments(30).Select(t => month.Next(13) switch
        {
            0 => month.Syslog(t, "kern.info", "kernel: arp: 192.0.2.1 moved from 00:1b:17:00:01:30 to 00:1b:17:00:01:31 on 0/1"),
            1 => month.Syslog(t, "syslog.info", "newsyslog[14448]: logfile turned over due to size>100K"),
            2 => month.Syslog(t, "daemon.notice", "ntpd[311]: time reset +0.213 s"),
            3 => month.Syslog(t, "kern.crit", $"kernel: pid {month.Next(900, 60_000)} (nsnetsvc), uid 0: exited on signal 15"),
            4 => month.Syslog(t, "kern.notice", "kernel: ns_alert: link 1/1 is UP"),
            5 => month.Syslog(t, "daemon.err", "snmpd[401]: send response: Failure in sendto (Host is down)"),
            6 => month.Syslog(t, "auth.notice", $"sshd[{month.Next(900, 60_000)}]: error: PAM: authentication error for nsroot from 10.1.1.5"),
            7 => month.Syslog(t, "user.notice", "nsconfigd[512]: _dispatch(): specified user-name does not exist or password is incorrect"),
            8 => month.Syslog(t, "kern.info", "pitboss[88]: process nsaaad (412) sent heartbeat late"),
            9 => month.Syslog(t, "daemon.warning", "nsfsyncd[640]: file synchronisation with 192.0.2.11 is done"),
            10 => month.Syslog(t, "kern.info", "kernel: Limiting closed port RST response from 301 to 200 packets/sec"),
            11 => month.Syslog(t, "syslog.err", "syslogd: exiting on signal 15"),
            _ => month.Syslog(t, "local0.notice", "nsmap[300]: monitor user script returned 0; svc_web; (10.1.1.20:443) & ok"),
        });

    public static IEnumerable<Line> Notice(Month month, IEnumerable<Line> shell) => shell.Concat(month.Moments(6).Select(t => month.Next(3) switch
    {
        0 => month.Syslog(t, "auth.notice", "login: ROOT LOGIN (nsroot) ON ttyu0"),
        1 => month.Syslog(t, "syslog.notice", "newsyslog[14448]: logfile turned over due to size>100K"),
        _ => month.Syslog(t, "local7.notice", "nscollect: ns_copyfile(): Not able to get info of file /var/log/db/10.1.1.9/nsdevmap.txt : No such file or directory"),
    }));

    public static IEnumerable<Line> Auth(Month month) =>
        month.Moments(40).Select(t => (Time: t, Pid: month.Next(900, 60_000), Client: month.Client(), Port: month.Next(1024, 65_000))).Select(x => month.Syslog(x.Time, "auth.info", $"sshd[{x.Pid}]: " + (month.Next(11) switch
        {
            0 or 1 => $"Accepted keyboard-interactive/pam for nsroot from 10.1.1.5 port {x.Port} ssh2",
            2 => $"Accepted publickey for nsroot from 10.1.1.9 port {x.Port} ssh2: RSA SHA256:{new string((char)('a' + (x.Pid % 26)), 43)}",
            3 => $"Failed password for invalid user {month.Pick("admin", "oracle", "test", "ubnt", "`id`", "${USER}", "a;b", "pi")} from {x.Client} port {x.Port} ssh2",
            4 => $"Invalid user {month.Pick("admin", "guest", "", "support")} from {x.Client}",
            5 => $"Received disconnect from {x.Client}: 11: Bye Bye [preauth]",
            6 => $"Did not receive identification string from {x.Client}",
            7 => $"Bad protocol version identification '\\026\\003\\001' from {x.Client} port {x.Port}",
            8 => "pam_unix(sshd:session): session opened for user nsroot by (uid=0)",
            9 => $"Connection closed by {x.Client} [preauth]",
            _ => $"fatal: Unable to negotiate with {x.Client} port {x.Port}: no matching key exchange method found. Their offer: diffie-hellman-group1-sha1 [preauth]",
        })));

    public static IEnumerable<Line> NsVpn(Month month) =>
        month.Moments(60).Select(t => (Time: t, User: month.User())).Select(x => month.Syslog(x.Time, "local1.info", "nsaaad[412]: " + (month.Next(7) switch
        {
            0 or 1 or 2 => $"(0-{month.Next(999)}) process_kernel_socket: call to authenticate user :{x.User}, vsid :11813, userlen {x.User.Length}",
            3 => $"(0-{month.Next(999)}) start_ldap_auth: Starting LDAP auth attempt # 1 for: {x.User} auth name: ldap_raad, server type : AD, vsid : 11813",
            4 => $"(0-{month.Next(999)}) receive_ldap_user_search_event: ldap_first_entry returned null, user {x.User} not found",
            5 => $"(0-{month.Next(999)}) send_accept: sending accept to kernel for : {x.User}",
            _ => $"(0-{month.Next(999)}) send_reject_with_code: Rejecting with error code 4001 for {x.User}",
        })));
}
