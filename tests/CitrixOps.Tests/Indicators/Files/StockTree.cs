using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace CitrixOps.Tests.Indicators.Files;

/// <summary>What a stock appliance of a branch has on its disk: the layout, not the content, which is the vendor's.</summary>
internal static class StockTree
{
    private const string Page = "<!DOCTYPE html><html><head><script src=\"js/gateway_login_view.js\"></script></head><body></body></html>\n";
    private static readonly byte[] Png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d];
    private static readonly byte[] Ico = [0, 0, 1, 0, 1, 0, 0x10, 0x10, 0, 0, 1, 0];
    private static readonly byte[] Package = "!<arch>\ndebian-binary   1690000000  0     0     100644  4         `\n2.0\n"u8.ToArray();

    /// <summary>Writes the tree of a branch.</summary>
    public static void Write(TemporaryFolder folder, string branch)
    {
        var gui = branch is "12.1" or "13.0" ? "netscaler/ns_gui" : "var/netscaler/gui";
        foreach (var (path, content) in Texts(branch, gui))
        {
            folder.File(path, content);
        }

        foreach (var path in new[] { "var/netscaler/logon/LogonPoint/receiver/images/common/authspinner.png", $"{gui}/vpn/media/logo.png", $"{gui}/vpn/images/caxtonstar.png", "var/vpn/themes/custom/header.png" })
        {
            folder.File(path, Png);
        }

        folder.File($"{gui}/vpn/media/nsgclient.png", Png);
        folder.File($"{gui}/vpn/images/AccessGateway.ico", Ico);
        foreach (var name in new[] { "nsgclient18.deb", "nsginstaller64.deb", "nsgclient18_32.deb" })
        {
            folder.File($"{gui}/vpn/scripts/linux/{name}", Package);
        }

        folder.File("shell/ls_lRtrp.out", Listing());
    }

    private static IEnumerable<(string Path, string Content)> Texts(string branch, string gui)
    {
        yield return ("nsconfig/ns.conf", $"#NS{branch} Build 55.24\n# Last modified by `save config`, Tue Jan  6 10:00:00 2026\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nset ns hostName gw1\nadd system user operator 1234 -encrypted\nadd responder action r1 redirect \"\\\"https://www.example.org\\\"\"\n");
        yield return ("nsconfig/rc.netscaler", "#! /bin/sh\nnsapimgr_wr.sh -ys call=ns_x\nroute add 198.51.100.0/24 192.0.2.1\n");
        yield return ("nsconfig/ssh/ssh_host_rsa_key.pub", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7 root@ns\n");
        yield return ("etc/httpd.conf", "ServerRoot \"/\"\n# PHP\nAddType application/x-httpd-php .php\nAddHandler cgi-script .pl\n<Directory \"/netscaler/ns_gui/admin_ui\">\nphp_flag engine on\n</Directory>\n<Directory />\nRequire all denied\nphp_flag engine off\n</Directory>\n<FilesMatch \"\\.php$\">\nSetHandler application/x-httpd-php\n</FilesMatch>\n");
        yield return ("etc/crontab", "SHELL=/bin/sh\n*/5 * * * * root /usr/libexec/atrun\n0 * * * * root newsyslog\n* * * * * root nsfsyncd -p\n1 3 * * * root /netscaler/ns_monuploadd_err.pl\n");
        yield return ("etc/syslog.conf", "*.err;kern.debug;auth.notice /dev/console\nlocal0.* /var/log/ns.log\nauth.* /var/log/auth.log\n*.notice /var/log/messages\nlocal7.* /var/log/bash.log\n");
        yield return ("etc/newsyslog.conf", "/var/log/ns.log 600 25 100 * Z\n/var/log/httpaccess.log 600 5 100 * ZB\n/var/log/bash.log 644 25 100 * Z\n");
        yield return ("etc/master.passwd", "root:*:0:0::0:0:Charlie &:/root:/usr/bin/bash\nnsroot:*:0:0::0:0:NetScaler:/root:/netscaler/nssh\ndaemon:*:1:1::0:0:Owner:/root:/sbin/nologin\nnobody:*:65534:65534::0:0:x:/nonexistent:/sbin/nologin\nnsmonitor:*:0:65534::0:0:x:/var/nstmp/monitors:/usr/sbin/nologin\n");
        yield return ("netscaler/portal/scripts/newbm.pl", "#!/usr/bin/perl\nuse strict;\nprint \"Content-type: text/html\\n\\n\";\n");
        yield return ("netscaler/portal/templates/homepage.xml", "<?xml version=\"1.0\"?><bookmarks></bookmarks>\n");
        yield return ("var/netscaler/logon/LogonPoint/index.html", Page);
        yield return ("var/netscaler/logon/LogonPoint/tmindex.html", Page);
        yield return ("var/netscaler/logon/LogonPoint/plugins/ns-gateway/ns-nfactor.js", "var cookie = 'NSC_TASS'; var header = 'Csrf-Token';\n");
        yield return ("var/netscaler/logon/LogonPoint/receiver/css/ctxs.large-ui.min.css", "body{background:url(data:image/png;base64,AAAA)}\n");
        yield return ($"{gui}/vpn/index.html", Page);
        yield return ($"{gui}/vpn/js/rdx/core/lang/rdx_en.json", "{\"a\":\"b\"}\n");
        yield return ($"{gui}/admin_ui/php/application/controllers/login.php", "<?php\nif (array_filter($a)) { $x = base64_decode($y); } passthru($z); header('Expires: Wed, 11 Jan 1984 05:00:00 GMT');\n");
        yield return ($"{gui}/admin_ui/common/js/ace/mode-php.js", "var start = '<?" + "php';\n");
        yield return ("var/vpn/bookmark/jan.xml", "<?xml version=\"1.0\"?><bookmark><title>a</title></bookmark>\n");
        yield return ("var/vpn/themes/custom/strings.js", "var title = 'Welkom';\n");
        yield return ("var/nsinstall/build/installns", "#!/bin/sh\necho install\n");
        yield return ("shell/top-b.out", "  PID USERNAME    THR PRI NICE   SIZE    RES STATE   C   TIME    WCPU COMMAND\n 1234 root          1  44    0  1000M   900M CPU1    1  99:99 100.00% NSPPE-01\n 2345 nobody        1  44    0    90M    30M select  0   0:01   0.00% httpd\n 2346 root          1  44    0    20M     9M select  0   0:01   0.00% nsaaad\n");
        yield return ("shell/netstat-an.out", "Active Internet connections (including servers)\nProto Recv-Q Send-Q Local Address Foreign Address (state)\ntcp4 0 0 *.22 *.* LISTEN\ntcp4 0 0 127.0.0.1.3010 *.* LISTEN\nudp4 0 0 *.514 *.*\n");
    }

    private static string Listing()
    {
        var text = new StringBuilder("/netscaler:\ntotal 10\n");
        void Line(string mode, string owner, string group, int size, string name) => text.Append(CultureInfo.InvariantCulture, $"{mode}  1 {owner}  {group}  {size} Jan  6  2026 {name}\n");
        Line("-r-xr-xr-x", "root", "wheel", 52000000, "nsppe");
        Line("-r-sr-xr-x", "root", "wheel", 30000, "ping");
        Line("-r-sr-xr-x", "root", "wheel", 30000, "traceroute6");
        text.Append("\n/usr/bin:\ntotal 10\n");
        foreach (var name in new[] { "crontab", "lock", "login", "passwd", "su", "yppasswd", "at", "chsh", "rsh", "quota" })
        {
            Line("-r-sr-xr-x", "root", "wheel", 20000, name);
        }

        Line("-r-xr-sr-x", "root", "kmem", 20000, "netstat");
        text.Append("\n/sbin:\ntotal 10\n");
        Line("-r-sr-x---", "root", "operator", 20000, "shutdown");
        Line("-r-sr-x---", "root", "operator", 20000, "mksnap_ffs");
        text.Append("\n/usr/libexec:\ntotal 10\n");
        Line("-r-sr-xr-x", "root", "wheel", 20000, "ssh-keysign");
        text.Append("\n/var/nsinstall:\ntotal 10\n");
        Line("-rw-r--r--", "nobody", "wheel", 400000000, "build-13.1-48.47_nc_64.tgz");
        text.Append("\n/var/core/1:\ntotal 10\n");
        Line("-rw-------", "root", "wheel", 900000000, "NSPPE-00-1234.gz");
        text.Append("\n/var/netscaler/logon/LogonPoint:\ntotal 10\n");
        Line("-r--r--r--", "root", "wheel", 900, "index.html");
        return text.ToString();
    }
}
