using System;
using System.Collections.Generic;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>A month of bash.log and sh.log: what the appliance does by itself, and administrators at work. notice.log has a copy of each line.</summary>
internal static class ShellMonth
{
    private static readonly string[] Own =
    [
        "/bin/sh /netscaler/nslog.sh dorotate", "/netscaler/nsconmsg -K /var/nslog/newnslog -d current -g cpu_use", "sh -c /bin/df -k /var | /usr/bin/tail -1", "/sbin/sysctl -n kern.boottime", "/bin/sh -c /netscaler/ns_monuploadd_err.pl", "/usr/bin/gzip -f /var/log/ns.log.0",
        "/bin/sh /netscaler/ns_ca_auto_update.sh", "sh -c cat /nsconfig/.nscollinfo", "/netscaler/nsaggregatorctl status", "sh -c ps -ax | grep nsaaad | grep -v grep", "/usr/sbin/ntpdate -q 10.1.1.2", "sh -c ls -1 /var/core | wc -l", "/usr/bin/rsync -q -rlptD /nsconfig/ssl/ 192.0.2.11:/nsconfig/ssl/", "sh -c /netscaler/nstraceaggregator",
        "sh -c /usr/bin/openssl x509 -noout -enddate -in /nsconfig/ssl/gw.cer",
    ];

    private static readonly string[] Typed =
    [
        "ls -la /var/nslog", "cd /var/log && ls -ltr", "tail -f /var/log/ns.log", "grep -E \"AAA|SSLVPN\" /var/log/ns.log | tail -50", "zgrep -i 'login failed' /var/log/ns.log.*.gz", "awk '{print $1, $7}' /var/log/httpaccess.log | sort | uniq -c", "tar -czf /var/tmp/backup_20260301.tgz /nsconfig", "cp -p /nsconfig/ns.conf /nsconfig/ns.conf.old",
        "chmod 600 /nsconfig/ssl/gw.key", "openssl req -new -newkey rsa:2048 -nodes -keyout gw.key -out gw.csr", "openssl x509 -in \"/nsconfig/ssl/gw.cer\" -noout -dates", "openssl pkcs12 -in gw.pfx -out gw.pem -nodes", "nsconmsg -K /var/nslog/newnslog -d event", "nscli -U %%:.:. show ns version", "find /var/core -name '*.gz' -mtime +30 -print", "df -h; du -sh /var/*",
        "ps aux | grep httpd", "top -b -d 1 | head -20", "vi /nsconfig/rc.netscaler", "scp ns.tgz admin@10.1.1.5:/backup/", "nstcpdump.sh -ni 0/1 -w /var/nstrace/a.cap port 443", "cat /tmp/aaad.debug", "dmesg | tail", "netstat -rn", "cat /nsconfig/ns.conf | grep 'add vpn vserver'", "gunzip -c /var/log/messages.0.gz | less", "./installns -Y", "showtechsupport.pl -hbeatonly",
        "exit", "crontab -l", "curl -kI https://10.1.1.30/Citrix/StoreWeb/", "telnet 10.1.1.20 636", "ping -c 3 10.1.1.30", "traceroute 10.1.1.30", "nslookup dc1.raad.example", "date -u", "who; w", "sha256sum build-14.1-73.46_nc_64.tgz", "rm -f /var/tmp/build-14.1-60.1_nc_64.tgz", "mkdir -p /var/tmp/ctx && cd /var/tmp/ctx", "python3 --version", "perl -e 'print scalar localtime'",
        "less /var/log/httperror.log", "kill -HUP `cat /var/run/syslogd.pid`", "ssh nsroot@192.0.2.11 'show ha node'",
    ];

    public static IEnumerable<Line> Lines(Month month, string shell)
    {
        foreach (var time in month.Moments(40))
        {
            var pid = month.Next(900, 60_000);
            if (shell == "sh" || month.Next(3) > 0)
            {
                var command = month.Pick(Own);
                yield return Record(month, time, shell, pid, "root on (null)", $"shell_command=\"{command}\"");
                if (month.Next(4) > 0)
                {
                    yield return Record(month, time.AddSeconds(1), shell, pid, "root on (null)", $"return_code=\"{(month.Next(9) == 0 ? 1 : 0)}\"");
                }

                continue;
            }

            var who = month.Pick("nsroot", "root", "beheer") + " on /dev/pts/" + month.Next(3);
            yield return Record(month, time, shell, pid, who, $"shell_command=\"{month.Pick(Typed)}\"");
            yield return Record(month, time.AddSeconds(2), shell, pid, who, $"return_code=\"{(month.Next(7) == 0 ? 127 : 0)}\"");
        }
    }

    private static Line Record(Month month, DateTimeOffset time, string shell, int pid, string who, string what) => month.Syslog(time, "local7.notice", $"{shell}[{pid}]: {who} {what}");
}
