using System;
using System.Collections.Generic;

namespace CitrixOps.SampleCases;

/// <summary>What a gateway logs when nothing is wrong: people logging on, monitors, cron, the appliance's own shell commands.</summary>
internal sealed class OrdinaryTraffic(CaseOptions options)
{
    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.117 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0.4 Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
        "CitrixReceiver/19.12.0.23 Windows/10.0",
    ];

    private static readonly string[] Pages =
    [
        "/vpn/index.html", "/logon/LogonPoint/index.html", "/logon/LogonPoint/receiver/js/ctxs.core.min.js", "/vpn/js/rdx/core/lang/rdx_nl.json.gz",
        "/vpn/media/citrixwatermark.png", "/logon/themes/Default/css/base.css", "/vpn/js/gateway_login_form_view.js", "/vpn/resources.js",
        "/logon/LogonPoint/custom/strings.nl.js", "/vpn/images/AccessGateway.ico", "/favicon.ico", "/epa/epa.html",
    ];

    private static readonly string[] Users = ["j.devries", "m.bakker", "a.yilmaz", "s.jansen", "p.vandijk", "raadsgriffie", "t.el-amrani"];

    private readonly Random _random = new(options.Seed);

    public IEnumerable<Line> Access()
    {
        foreach (var time in Moments(options.RequestsPerDay))
        {
            var page = Pages[_random.Next(Pages.Length)];
            var status = _random.Next(20) == 0 ? 304 : 200;
            var bytes = status == 304 ? "-" : _random.Next(400, 40_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield return new Line(time, Request(Client(), time, "GET " + page + " HTTP/1.1", status, bytes, Agents[_random.Next(Agents.Length)], _random));
        }

        // a health check of the load balancer in front, every six hours, day and night
        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(6))
        {
            yield return new Line(time, Request("127.0.0.1", time, "GET /vpn/index.html HTTP/1.0", 200, "5012", "-", _random));
        }
    }

    public IEnumerable<Line> Error()
    {
        for (var day = options.From; day < options.CollectedAt; day = day.AddHours(8 + _random.Next(6)))
        {
            yield return new Line(day, $"[{Stamps.Error(day)}] [notice] caught SIGUSR1, graceful restart requested");
        }
    }

    public IEnumerable<Line> Bash()
    {
        yield return new Line(options.From, Shell(options.From, "bash", 812, "nsroot on /dev/pts/0", "shell_command=\"show ns version\""));
        for (var time = options.From.AddMinutes(17); time < options.CollectedAt; time = time.AddHours(7 + _random.Next(9)))
        {
            var pid = _random.Next(900, 60_000);
            yield return new Line(time, Shell(time, "bash", pid, "root on (null)", "shell_command=\"/netscaler/nsconmsg -K /var/nslog/newnslog -d current -g cpu_use\""));
            yield return new Line(time.AddSeconds(1), Shell(time.AddSeconds(1), "bash", pid, "root on (null)", "return_code=\"0\""));
        }
    }

    public IEnumerable<Line> Sh()
    {
        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(12))
        {
            yield return new Line(time, Shell(time, "sh", _random.Next(900, 60_000), "root on (null)", "shell_command=\"/bin/sh /netscaler/nslog.sh dorotate\""));
        }
    }

    public IEnumerable<Line> Cron()
    {
        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(1))
        {
            yield return new Line(time, $"{Stamps.Syslog(time)} <cron.info> {options.HostName} /usr/sbin/cron[{_random.Next(900, 60_000)}]: (root) CMD (newsyslog)");
        }
    }

    public IEnumerable<Line> NsLog()
    {
        var session = 4000;
        foreach (var time in Moments(options.RequestsPerDay / 4))
        {
            var user = Users[_random.Next(Users.Length)];
            var client = Client();
            session++;
            yield return new Line(time, NsLine(time, "SSLVPN LOGIN", session * 3, $"Context {user}@{client} - SessionId: {session} - User {user} - Client_ip {client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"{Agents[0][..60]}\" - SSLVPN_client_type ICA - Group(s) \"N/A\""));
            var end = time.AddMinutes(_random.Next(10, 300));
            if (end < options.CollectedAt)
            {
                yield return new Line(end, NsLine(end, "SSLVPN LOGOUT", (session * 3) + 1, $"Context {user}@{client} - SessionId: {session} - User {user} - Client_ip {client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Start_time \"{Stamps.NsLog(time)}\" - End_time \"{Stamps.NsLog(end)}\" - Duration {end - time:hh\\:mm\\:ss}  - Http_resources_accessed 0 - NonHttp_services_accessed 0 - Total_TCP_connections 0 - LogoutMethod \"Explicit\" - Group(s) \"N/A\""));
            }
        }

        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(3))
        {
            yield return new Line(time, NsLine(time, "EVENT MONITORUP", 100, "Server_svc_cfg_NSSVC_HTTP_10.1.1.20:443(web-01) - State UP"));
        }
    }

    public string Shell(DateTimeOffset time, string shell, int pid, string who, string what) =>
        $"{Stamps.Syslog(time)} <local7.notice> {options.HostName} {shell}[{pid}]: {who} {what}";

    public static string Request(string client, DateTimeOffset time, string request, int status, string bytes, string agent, Random random) =>
        $"{client} - - [{Stamps.Access(time)}] \"{request}\" {status} {bytes} \"-\" \"{agent}\" \"Time: {random.Next(300, 90_000)} microsecs\"";

    private string NsLine(DateTimeOffset time, string what, int number, string text) =>
        $"{Stamps.Syslog(time)} <local0.info> {options.Nsip}  {Stamps.NsLog(time)} {options.HostName} 0-PPE-0 : default {what} {number} 0 :  {text}";

    private string Client() => $"{(_random.Next(2) == 0 ? "198.51.100" : "203.0.113")}.{_random.Next(20, 250)}";

    // office hours are busy, nights are not
    private IEnumerable<DateTimeOffset> Moments(int perDay)
    {
        for (var day = options.From; day < options.CollectedAt; day = day.AddDays(1))
        {
            for (var i = 0; i < perDay; i++)
            {
                var hour = i % 4 == 0 ? _random.Next(24) : 7 + _random.Next(12);
                var time = new DateTimeOffset(day.Date, day.Offset).AddHours(hour).AddSeconds(_random.Next(3600));
                if (time > options.From && time < options.CollectedAt)
                {
                    yield return time;
                }
            }
        }
    }
}
