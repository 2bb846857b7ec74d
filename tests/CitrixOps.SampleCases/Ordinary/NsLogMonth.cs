using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>
/// A month of ns.log: sessions from login to logout, ICA, refused logins, commands, states, handshakes, single sign-on, the application firewall in
/// front of other products; in each form of its head.
/// </summary>
internal static class NsLogMonth
{
    private const string Vserver = "203.0.113.10:443";
    private static readonly string[] Browsers = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chr", "CitrixReceiver/25.3.0.185 Windows/10.0 (22H2) SelfService", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X)", "AGEE 8.0 NetScaler Gateway Plugin"];

    private static readonly string[] Commands =
    [
        "show ns version", "show ha node", "show ns runningConfig", "save ns config", "login nsroot \"********\"", "logout", "stat lb vserver", "show lb vserver -summary", "add lb vserver lb_web HTTP 10.1.1.99 80", "bind lb vserver lb_web svc_web", "set lb vserver lb_web -comment \"a; b | c & d\"", "rm service svc_old",
        "add ssl certKey gw2026 -cert gw.cer -key gw.key", "set vpn parameter -clientlessVpnMode OFF", "add responder policy rp_https \"HTTP.REQ.IS_VALID && !CLIENT.SSL.IS_SSL\" ra_https", "bind responder global rp_https 100 END -type REQ_DEFAULT", "add rewrite action rw_hsts insert_http_header Strict-Transport-Security \"\\\"max-age=1\\\"\"", "add system user operator *** -timeout 900",
        "bind system user operator read-only 100", "set system user operator -timeout 600", "add aaa user test ***", "set audit syslogParams -logLevel ALL", "show techsupport", "create system backup maandelijks -level full", "shell", "set ns param -timezone \"GMT+01:00-CET-Europe/Amsterdam\"", "unbind vpn vserver thuiswerken -policy old", "man add lb vserver",
    ];

    public static IEnumerable<Line> Lines(Month month, NsLogForm form)
    {
        var events = Sessions(month).Concat(Rest(month)).OrderBy(e => e.Time).ToList();
        var numbers = new int[2];
        foreach (var (time, what, text) in events)
        {
            // an engine that restarts begins to count anew
            var engine = month.Next(2);
            numbers[engine] = time.Day == 17 && time.Hour == 3 && numbers[engine] > 5000 ? 1 : numbers[engine] + 1;
            yield return new Line(time, Head(month, form, time, engine, what, numbers[engine]) + text);
        }
    }

    private static string Head(Month month, NsLogForm form, DateTimeOffset time, int engine, string what, int number)
    {
        string Inner(string format) => time.ToString(format, CultureInfo.InvariantCulture);
        var syslog = $"{Stamps.Syslog(time)} <local0.info> {month.Nsip}";
        return form switch
        {
            NsLogForm.DayFirst => $"{syslog}  {Inner("dd/MM/yyyy:HH:mm:ss")} GMT {month.Host} 0-PPE-{engine} : default {what} {number} 0 :  ",
            NsLogForm.YearFirstLocalTime => $"{syslog}  {Inner("yyyy/MM/dd:HH:mm:ss")}  {month.Host} 0-PPE-{engine} : default {what} {number} 0 :  ",
            NsLogForm.NoHost => $"{syslog}  {Inner("MM/dd/yyyy:HH:mm:ss")} GMT  0-PPE-{engine} : default {what} {number} 0 :  ",
            NsLogForm.Version10 => $"{syslog} {Inner("MM/dd/yyyy:HH:mm:ss")} GMT  PPE-{engine} : {what} {number} : ",
            _ => $"{syslog}  {Inner("MM/dd/yyyy:HH:mm:ss")} GMT {month.Host} 0-PPE-{engine} : default {what} {number} 0 :  ",
        };
    }

    private static IEnumerable<(DateTimeOffset Time, string What, string Text)> Sessions(Month month)
    {
        var id = 11_000;

        // the first ones opened before the log began
        foreach (var start in Enumerable.Range(0, 12).Select(i => Month.Start.AddMinutes(-30 * i)).Concat(month.Moments(40)))
        {
            id++;
            var user = month.User().Replace(' ', '.');
            var client = month.Client();
            var context = $"Context {user}@{client} - SessionId: {id} - User {user} - Client_ip {client}";
            var forwarded = month.Next(15) == 0 ? $" - X-Forwarded-For_ip {client}" : "";
            if (start >= Month.Start)
            {
                yield return (start, "SSLVPN LOGIN", $"{context} - Nat_ip \"Mapped Ip\"{forwarded} - Vserver {Vserver} - Browser_type \"{month.Pick(Browsers)}\" - SSLVPN_client_type {month.Pick("ICA", "Clientless", "Agent")} - Group(s) \"N/A\"");
            }

            var end = start.AddMinutes(month.Next(40, 500));
            for (var time = start.AddMinutes(month.Next(1, 20)); time < end && time < Month.End; time = time.AddMinutes(month.Next(15, 200)))
            {
                if (time < Month.Start)
                {
                    continue;
                }

                yield return month.Next(4) switch
                {
                    0 => (time, "SSLVPN HTTPREQUEST", $"Context {user}@{client} - SessionId: {id} - intranet.raad.example User {user} : Group(s) N/A : Vserver {Vserver} - {Stamps.NsLog(time)} : SSO is ON : GET {month.Pick("/besluiten/", "/a%20b?x=1", "/zoek?q=r%26d%3Bx", "/static/../img/logo.png", "/api?f=$(naam)")} - -"),
                    1 => (time, "ICA ICASTART", $"Source {Endpoint(client, month)} - Destination 10.1.2.{month.Next(10, 90)}:2598 - customername  - username:domainname {user}:RAAD - applicationName Desktop - startTime \"{Stamps.NsLog(time)}\" - connectionId {id:x}"),
                    2 => (time, "ICA ICAEND_CONNSTAT", $"Source {Endpoint(client, month)} - Destination 10.1.2.{month.Next(10, 90)}:2598 - customername  - username:domainname {user}:RAAD - startTime \"{Stamps.NsLog(time.AddMinutes(-9))}\" - endTime \"{Stamps.NsLog(time)}\" - Duration 00:09:00  - Total_bytes_send 4011 - Total_bytes_recv 3625 - connectionId {id:x}"),
                    _ => (time, "SSLVPN TCPCONNSTAT", $"{context} - Nat_ip 10.1.1.11 - Vserver {Vserver} - Source {Endpoint(client, month)} - Destination 10.1.2.3:443 - Start_time \"{Stamps.NsLog(time.AddSeconds(-20))}\" - End_time \"{Stamps.NsLog(time)}\" - Duration 00:00:20  - Total_bytes_send {month.Next(9999)} - Total_bytes_recv {month.Next(9999)} - Total_compressedbytes_send 0 - Total_compressedbytes_recv 0 - Compression_ratio_send 0.00% - Compression_ratio_recv 0.00% - Access Allowed - Group(s) \"N/A\""),
                };
            }

            if (end >= Month.Start && end < Month.End)
            {
                yield return (end, "SSLVPN LOGOUT", $"{context} - Nat_ip \"Mapped Ip\" - Vserver {Vserver} - Start_time \"{Stamps.NsLog(start)}\" - End_time \"{Stamps.NsLog(end)}\" - Duration {end - start:hh\\:mm\\:ss}  - Http_resources_accessed 3 - NonHttp_services_accessed 0 - Total_TCP_connections 9 - Total_UDP_flows 0 - Total_policies_allowed 0 - Total_policies_denied 0 - Total_bytes_send 0 - Total_bytes_recv 0 - Total_compressedbytes_send 0 - Total_compressedbytes_recv 0 - Compression_ratio_send 0.00% - Compression_ratio_recv 0.00% - LogoutMethod \"{month.Pick("Explicit", "TimedOut", "InternalError", "BrowserClosed")}\" - Group(s) \"N/A\"");
            }
        }
    }

    private static IEnumerable<(DateTimeOffset Time, string What, string Text)> Rest(Month month) => month.Moments(70).Select(time =>
    {
        var (user, client) = (month.User(), month.Client());
        return month.Next(20) switch
        {
            0 => (time, "AAA LOGIN_FAILED", $"User {user} - Client_ip {client} - Failure_reason \"External authentication server denied access\" - Browser Mozilla/5.0"),
            1 => (time, "AAA Message", $"\"Authentication is rejected for {user} (client ip : {client}  , vserver ip: 203.0.113.10), extended error, if any : \""),
            2 => (time, "AAATM Message", $"\"AAA LOGIN REQ: parsed data for user {user}, factor 1\""),
            3 => (time, "SSLVPN Message", $"\"AAAD RESP: received resp for {user} with code 0\""),
            4 or 5 => (time, $"{month.Pick("API", "GUI", "CLI")} CMD_EXECUTED", $"User nsroot - ADM_User NONE - Remote_ip {month.Pick("10.1.1.5", "10.1.1.9")} - Command \"{month.Pick(Commands)}\" - Status \"{month.Pick("Success", "Success", "Done", "ERROR: No such resource")}\""),
            6 => (time, "EVENT MONITORDOWN", "MonServiceBinding_10.1.1.20:443_(tcp-default) - State DOWN"),
            7 => (time, "EVENT STATECHANGE", "Device \"server_vip_NSSVC_SSL_203.0.113.12:443(intranet)\" - State UP"),
            8 or 9 => (time, "SSLLOG SSL_HANDSHAKE_SUCCESS", $"SPCBId {month.Next(99_999)} - ClientIP {client} - ClientPort {month.Next(1024, 65_000)} - VserverServiceIP 203.0.113.10 - VserverServicePort 443 - ClientVersion TLSv1.3 - CipherSuite \"TLS1.3-AES256-GCM-SHA384\" - Session New"),
            10 => (time, "SSLLOG SSL_HANDSHAKE_FAILURE", $"SPCBId {month.Next(99_999)} - ClientIP {client} - ClientPort {month.Next(1024, 65_000)} - VserverServiceIP 203.0.113.10 - VserverServicePort 443 - ClientVersion {month.Pick("TLSv1.2", "SSLv3.0", "DTLSv1.0", "DTLSv1.2")} - CipherSuite \"NULL\" - Reason \"{month.Pick("Handshake failure-Internal Error", "Unsupported version", "Handshake failure-no shared cipher")}\""),
            11 => (time, "TCP CONN_DELINK", $"Source {Endpoint(client, month)} - Vserver {Vserver} - NatIP 10.1.1.11:1200 - Destination 10.1.1.30:443 - Delink Time {Stamps.NsLog(time)} - Total_bytes_send 1 - Total_bytes_recv 2"),
            12 => (time, "TCP CONN_TERMINATE", $"Source {Endpoint(client, month)} - Destination {Vserver} - Start Time {Stamps.NsLog(time.AddSeconds(-9))} - End Time {Stamps.NsLog(time)} - Total_bytes_send 1 - Total_bytes_recv 2"),
            13 => (time, "SAMLIDP Message", $"\"AuthnReq start tag parsed, id=<_{month.Next(99_999):x}>, acs=<https://app.example/saml/acs>, forceAuth=<0>, binding=<{month.Pick("HTTP-POST", "HTTP-Redirect")}>\""),
            14 => (time, "SNMP TRAP_SENT", "entityup (entityName = \"svc_web(10.1.1.20:443)\", sysIpAddress = 192.0.2.10)"),
            15 => (time, "ACL ACL_PKT_LOG", $"Source {client} --> Destination 203.0.113.10 - Protocol TCP - {month.Next(1024, 65_000)} --> 22 - TimeStamp {month.Next(99_999)} (ms) - Hitcount 1 - Hit Rule blok_ssh - Data 00"),
            16 or 17 => (time, "APPFW " + month.Pick("APPFW_STARTURL", "APPFW_SQL", "APPFW_XSS", "APPFW_cmdinj"), $"{client} {month.Next(9999)}-PPE0 - intranet_profile https://intranet.raad.example{month.Pick("/cgi-bin/luci/;stok=/locale?country=$(id)", "/?a=;cd${IFS}/tmp;wget${IFS}x", "/?x=%24%7bIFS%7d", "/index.php?id=1%27%20or%201=1", "/../../etc/passwd", "/?q=<script>", "/a?f=`id`", "/boaform/admin/formLogin?a=;fetch+x|sh")} Disallow Illegal URL. <blocked>"),
            18 => (time, "ROUTING Message", "\"OSPF: neighbour 10.1.1.1 is Full\""),
            _ => (time, "EVENT DEVICEUP", "Device \"interface(1/1)\" - State UP"),
        };
    });

    private static string Endpoint(string client, Month month) => client.Contains(':', StringComparison.Ordinal) ? $"[{client}]:{month.Next(1024, 65_000)}" : $"{client}:{month.Next(1024, 65_000)}";
}
