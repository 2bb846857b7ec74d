using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// What ordinary lines of the logs look like: by it the literals are chosen that keep the most lines out. It decides about speed
/// only, never about what is found.
/// </summary>
internal static class OrdinaryText
{
    private static readonly string Lines = AsciiText.Lower(string.Join("\n", new[]
    {
        "10.20.30.41 - - [14/Oct/2024:07:58:11 +0000] \"GET /vpn/index.html HTTP/1.1\" 200 4512 \"-\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0\" \"Time: 6809 microsecs\"",
        "10.20.30.41 - - [14/Oct/2024:07:58:12 +0000] [4711] \"GET /logon/LogonPoint/index.html HTTP/1.1\" 200 2961 \"https://gateway.example.org/vpn/index.html\" \"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15\" \"Time: 512 microsecs\"",
        "10.20.30.41 -> 10.20.30.2 - - [14/Oct/2024:07:58:12 +0000] [4711] \"GET /logon/LogonPoint/receiver/js/external/jquery.min.js?v=3.6 HTTP/1.1\" 304 - \"https://gateway.example.org/logon/LogonPoint/index.html\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\" \"Time: 144 microsecs\"",
        "198.51.100.7 - - [14/Oct/2024:07:59:40 +0200] \"POST /cgi/login HTTP/1.1\" 302 523 \"https://gateway.example.org/logon/LogonPoint/tmindex.html\" \"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) CitrixReceiver/24.9\" \"Time: 90211 microsecs\"",
        "198.51.100.7 - - [14/Oct/2024:07:59:41 +0200] \"POST /p/u/doAuthentication.do HTTP/1.1\" 200 811 \"https://gateway.example.org/logon/LogonPoint/tmindex.html\" \"Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Mobile Safari/537.36\" \"Time: 3020 microsecs\"",
        "198.51.100.8 - - [14/Oct/2024:08:00:02 +0000] \"GET /nf/auth/getAuthenticationRequirements.do HTTP/1.1\" 200 2204 \"-\" \"CitrixReceiver/23.11.0 Windows/10.0 SelfService/23.11.0\" \"Time: 1711 microsecs\"",
        "203.0.113.20 - - [14/Oct/2024:08:00:09 +0000] \"GET /vpn/js/rdx/core/lang/rdx_en.json.gz HTTP/1.1\" 200 10211 \"https://gateway.example.org/vpn/tmindex.html\" \"Mozilla/5.0\" \"Time: 99 microsecs\"",
        "203.0.113.20 - - [14/Oct/2024:08:00:10 +0000] \"GET /vpn/media/citrix-gateway.png HTTP/2.0\" 404 196 \"https://gateway.example.org/vpn/index.html\" \"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko\" \"Time: 120 microsecs\"",
        "203.0.113.21 - - [14/Oct/2024:08:00:11 +0000] \"GET /favicon.ico HTTP/1.1\" 404 209 \"-\" \"Mozilla/5.0 (compatible; bot/1.0; +http://www.example.com/bot.html)\" \"Time: 80 microsecs\"",
        "127.0.0.1 - - [14/Oct/2024:08:01:00 +0000] \"GET /menu/neo HTTP/1.1\" 401 128 \"-\" \"-\" \"Time: 801 microsecs\"",
        "10.20.30.5 - admin [14/Oct/2024:08:01:30 +0000] \"GET /nitro/v1/config/nsversion HTTP/1.1\" 200 338 \"https://10.20.30.1/admin_ui/neo/html/main.html\" \"Mozilla/5.0\" \"Time: 7001 microsecs\"",
        "10.20.30.44 - - [14/Oct/2024:08:02:11 +0000] \"GET /Citrix/StoreWeb/Resources/Icon/xyz?size=64&id=%20a%3Db HTTP/1.1\" 200 2417 \"https://gateway.example.org/Citrix/StoreWeb/\" \"Mozilla/5.0\" \"Time: 412 microsecs\"",
        "10.20.30.44 - - [14/Oct/2024:08:02:12 +0000] \"GET /scripts/vista/epaq_plugin.exe HTTP/1.1\" 200 98304 \"-\" \"nsgclient\" \"Time: 412 microsecs\"",
        "Oct 14 08:00:01 <local0.info> 10.20.30.1 10/14/2024:08:00:01 GMT ns 0-PPE-0 : default SSLVPN LOGIN 104233 0 : Context jan@10.20.30.41 - SessionId: 1821 - User jan - Client_ip 10.20.30.41 - Nat_ip \"Mapped Ip\" - Vserver 10.20.30.2:443 - Browser_type \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\" - SSLVPN_client_type ICA - Group(s) \"N/A\"",
        "Oct 14 08:00:02 <local0.info> 10.20.30.1 10/14/2024:08:00:02 GMT ns 0-PPE-0 : default SSLVPN TCPCONNSTAT 104234 0 : Context jan@10.20.30.41 - SessionId: 1821 - User jan - Client_ip 10.20.30.41 - Nat_ip 10.20.30.3 - Vserver 10.20.30.2:443 - Source 10.20.30.41:51622 - Destination 10.20.40.7:443 - Start_time \"10/14/2024:08:00:01 GMT\" - End_time \"10/14/2024:08:00:02 GMT\" - Duration 00:00:01 - Total_bytes_send 1402 - Total_bytes_recv 9201 - Access Allowed - Group(s) \"N/A\"",
        "Oct 14 08:00:03 <local0.info> 10.20.30.1 10/14/2024:08:00:03 GMT ns 0-PPE-1 : default TCP CONN_TERMINATE 104235 0 : Source 10.20.30.41:51622 - Destination 10.20.40.7:443 - Start Time 10/14/2024:08:00:01 GMT - End Time 10/14/2024:08:00:03 GMT - Total_bytes_send 402 - Total_bytes_recv 201",
        "Oct 14 08:00:04 <local0.notice> 10.20.30.1 10/14/2024:08:00:04 GMT ns 0-PPE-0 : default EVENT DEVICEUP 104236 0 : Device \"server_vip_NSSVC_HTTP_10.20.40.7:80(svc)\" - State UP",
        "Oct 14 08:00:05 <local0.info> 10.20.30.1 10/14/2024:08:00:05 GMT ns 0-PPE-0 : default AAATM LOGIN 104237 0 : Context jan@10.20.30.41 - SessionId: 1822- User jan - Client_ip 10.20.30.41 - Nat_ip \"Mapped Ip\" - Vserver 10.20.30.9:443 - Browser_type \"Mozilla/5.0\" - Group(s) \"N/A\"",
        "Oct 14 08:00:06 <local0.info> 10.20.30.1 10/14/2024:08:00:06 GMT ns 0-PPE-0 : default ICA ICASTART 104238 0 : session_guid 5f1a - device_serial_number 1 - Client_ip 10.20.30.41 - Application Desktop - Username jan - domainname EXAMPLE - startTime \"10/14/2024:08:00:06 GMT\"",
        "Oct 14 08:00:07 <local0.info> 10.20.30.1 10/14/2024:08:00:07 GMT ns 0-PPE-0 : default SSLLOG SSL_HANDSHAKE_SUCCESS 104239 0 : SPCBId 7712 - ClientIP 10.20.30.41 - ClientPort 51622 - VserverServiceIP 10.20.30.2 - VserverServicePort 443 - ClientVersion TLSv1.2 - CipherSuite \"TLS1.2-ECDHE-RSA-AES256-GCM-SHA384\" - Session New",
        "Oct 14 08:00:08 <local0.info> 10.20.30.1 10/14/2024:08:00:08 GMT ns 0-PPE-0 : default CLI CMD_EXECUTED 104240 0 : User nsroot - ADM_User NONE - Remote_ip 10.20.30.5 - Command \"show ns version\" - Status \"Success\"",
        "Oct 14 08:00:09 <local0.err> 10.20.30.1 10/14/2024:08:00:09 GMT ns 0-PPE-0 : default AAA LOGIN_FAILED 104241 0 : User jan - Client_ip 10.20.30.41 - Failure_reason \"External authentication server denied access\" - Browser Mozilla/5.0",
        "Oct 14 08:00:01 <cron.info> ns /usr/sbin/cron[41213]: (root) CMD (/usr/libexec/atrun)",
        "Oct 14 08:05:00 <cron.info> ns /usr/sbin/cron[41220]: (root) CMD (newsyslog)",
        "Oct 14 08:10:12 <local7.notice> ns bash[52331]: root on /dev/pts/0 shell_command=\"ls -l /var/log\"",
        "Oct 14 08:10:19 <local7.notice> ns bash[52331]: nsroot on /dev/pts/0 shell_command=\"tail -f /var/log/ns.log\"",
        "Oct 14 08:10:25 <local7.notice> ns bash[52331]: (null) on /dev/pts/0 shell_command=\"cd /var/nslog; grep -i error newnslog\"",
        "Oct 14 08:00:01 <auth.info> ns sshd[4102]: Accepted keyboard-interactive/pam for nsroot from 10.20.30.5 port 51022 ssh2",
        "Oct 14 08:00:01 <user.notice> ns nsconf[1203]: _dispatch: Specified parameters are not applicable for this type of SSL profile.",
        "[Mon Oct 14 08:00:01.114201 2024] [proxy:error] [pid 4711] [client 10.20.30.41:51622] AH00957: HTTP: attempt to connect to 127.0.0.1:8998 (localhost) failed, referer: https://gateway.example.org/vpn/index.html",
        "[Mon Oct 14 08:00:02 2024] [error] [client 10.20.30.41] File does not exist: /netscaler/ns_gui/vpn/media/none.png",
        "2024-10-14 08:00:01 ALLOW TCP 10.20.30.3 10.20.40.7 51622 443 0 - 0 0 0 - - - SEND",
        "Oct 14 08:00:01 fw kernel: [8812.2] IN=eth0 OUT=eth1 SRC=10.20.30.3 DST=10.20.40.7 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=51201 DF PROTO=TCP SPT=51622 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0",
        "Oct 14 08:00:01 asa : %ASA-6-302013: Built outbound TCP connection 9981123 for outside:10.20.40.7/443 (10.20.40.7/443) to inside:10.20.30.3/51622 (10.20.30.3/51622)",
        "date=2024-10-14 time=08:00:01 devname=\"fw\" logid=\"0000000013\" type=\"traffic\" subtype=\"forward\" level=\"notice\" srcip=10.20.30.3 srcport=51622 dstip=10.20.40.7 dstport=443 proto=6 action=\"accept\"",
        "CEF:0|Vendor|Firewall|1.0|100|traffic|3|src=10.20.30.3 dst=10.20.40.7 spt=51622 dpt=443 proto=TCP act=allow",
    }));

    private static readonly int LineCount = Lines.Split('\n').Length;

    private static readonly Dictionary<uint, int> Grams = CountGrams();

    private static readonly double[] Shares = CountBytes();

    /// <summary>Case aside, four bytes as one number.</summary>
    public static uint Gram(string text, int at) =>
        (text[at] | ((uint)text[at + 1] << 8) | ((uint)text[at + 2] << 16) | ((uint)text[at + 3] << 24)) | 0x20202020u;

    /// <summary>How often four bytes stand in the ordinary lines.</summary>
    public static int Frequency(uint gram) => Grams.TryGetValue(gram, out var count) ? count : 0;

    /// <summary>Which share of the bytes of ordinary lines a byte may have, case aside; never none.</summary>
    public static double Share(int value) => Shares[value];

    /// <summary>About how many of a thousand ordinary lines hold one of the literals.</summary>
    /// <param name="literals">Lower case.</param>
    public static double PerThousand(IReadOnlyList<string> literals)
    {
        var sum = 0.0;
        foreach (var literal in literals)
        {
            // what never stands in the few lines here may yet stand elsewhere, the shorter the likelier
            sum += (1000.0 * Count(literal) / LineCount) + (1000.0 / (1L << Math.Min(40, 4 * literal.Length)));
        }

        return sum;
    }

    private static double[] CountBytes()
    {
        var shares = new double[256];
        for (var i = 0; i < shares.Length; i++)
        {
            // the few lines here do not have every letter as often as it may be
            shares[i] = i < 128 && char.IsLetterOrDigit((char)i) ? 4e-3 : 1e-6;
        }

        foreach (var c in Lines)
        {
            shares[c & 255] += 1.0 / Lines.Length;
        }

        return shares;
    }

    private static int Count(string literal)
    {
        var count = 0;
        for (var at = Lines.IndexOf(literal, StringComparison.Ordinal); at >= 0; at = Lines.IndexOf(literal, at + 1, StringComparison.Ordinal))
        {
            count++;
        }

        return count;
    }

    private static Dictionary<uint, int> CountGrams()
    {
        var counts = new Dictionary<uint, int>();
        for (var i = 0; i + 4 <= Lines.Length; i++)
        {
            var gram = Gram(Lines, i);
            counts.TryGetValue(gram, out var count);
            counts[gram] = count + 1;
        }

        return counts;
    }
}
