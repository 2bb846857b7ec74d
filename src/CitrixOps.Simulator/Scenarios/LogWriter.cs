using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>Writes the logs of a scenario: the same for the same seed.</summary>
internal static class LogWriter
{
    private static readonly string[] Pages = ["/vpn/index.html", "/vpn/tmindex.html", "/vpn/js/gateway_login_view.js", "/logon/LogonPoint/index.html", "/logon/LogonPoint/receiver/js/ctxs.core.min.js", "/vpn/resources/en.xml", "/favicon.ico", "/Citrix/StoreWeb/"];
    private static readonly string[] Users = ["abakker", "cdevries", "ejansen", "gvisser", "hsmit", "jmulder"];
    private static readonly string[] Agents = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/79.0.3945.117 Safari/537.36", "CitrixReceiver/19.12 Windows/10.0", "Mozilla/5.0 (iPhone; CPU iPhone OS 13_3 like Mac OS X) AppleWebKit/605.1.15"];

    public static void Write(ScenarioLog log, Node node, int seed)
    {
        var random = new Random(seed);
        var lines = new List<(DateTimeOffset At, string Line)>();
        var days = (log.To - log.From).TotalDays;
        var count = (int)(days * log.PerDay);
        for (var i = 0; i < count; i++)
        {
            var at = log.From + TimeSpan.FromDays(days * (i + random.NextDouble()) / count);
            lines.Add((at, Ordinary(log.Kind, node, at, random)));
        }

        lines.AddRange(log.Events.Select(e => (e.At, Fill(e.Parts.Length > 0 ? string.Concat(e.Parts) : e.Line, node, e.At))));
        var ordered = lines.OrderBy(l => l.At).ToList();
        var size = log.RotateAt > 0 ? log.RotateAt : int.MaxValue;
        var newest = size == int.MaxValue ? ordered.Count : ordered.Count % size is 0 ? Math.Min(size, ordered.Count) : ordered.Count % size;
        Put(node, log.Path, ordered.Skip(ordered.Count - newest).ToList(), compressed: false);
        var rest = ordered.Take(ordered.Count - newest).ToList();
        for (var generation = 0; rest.Count > 0; generation++)
        {
            Put(node, $"{log.Path}.{generation}.gz", rest.Skip(rest.Count - size).ToList(), compressed: true);
            rest = rest.Take(Math.Max(0, rest.Count - size)).ToList();
        }
    }

    private static void Put(Node node, string path, List<(DateTimeOffset At, string Line)> lines, bool compressed)
    {
        var content = Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l.Line + "\n")));
        node.Files.Put(path, compressed ? FileTree.Compress(content) : content, lines.Count > 0 ? lines[^1].At : node.Now);
    }

    private static string Ordinary(string kind, Node node, DateTimeOffset at, Random random)
    {
        var user = Users[random.Next(Users.Length)];
        var address = $"192.0.2.{random.Next(10, 250)}";
        return Fill(
            kind switch
            {
                "access" => $"{address} - - [{{clf}}] \"GET {Pages[random.Next(Pages.Length)]} HTTP/1.1\" 200 {random.Next(200, 40000)} \"-\" \"{Agents[random.Next(Agents.Length)]}\" \"Time: {random.Next(300, 90000)} microsecs\"",
                "nslog" => $"{{syslog}} <local0.info> {{node}}  {{inner}} GMT {{host}} 0-PPE-0 : default SSLVPN LOGIN {random.Next(100000, 999999)} 0 : Context {user}@{address} - SessionId: {random.Next(100, 60000)} - User {user} - Client_ip {address} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"{Agents[random.Next(Agents.Length)]}\" - SSLVPN_client_type ICA - Group(s) \"N/A\"",
                "shell" => "{syslog} <local7.notice> {host} bash[1297]: root on /dev/pts/0 shell_command=\"nsconmsg -d current\"",
                "cron" => "{syslog} <cron.info> {host} /usr/sbin/cron[14451]: (root) CMD (newsyslog)",
                _ => $"{{syslog}} <auth.info> {{host}} sshd[{random.Next(1000, 9000)}]: Accepted publickey for nsroot from 10.20.30.41 port {random.Next(20000, 60000)} ssh2",
            },
            node,
            at);
    }

    private static string Fill(string line, Node node, DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, node.Zone);
        var offset = (local.Offset < TimeSpan.Zero ? "-" : "+") + local.Offset.ToString("hhmm", CultureInfo.InvariantCulture);
        return line.Replace("{clf}", local.ToString("dd/MMM/yyyy:HH:mm:ss ", CultureInfo.InvariantCulture) + offset, StringComparison.Ordinal)
            .Replace("{syslog}", string.Create(CultureInfo.InvariantCulture, $"{local:MMM} {local.Day,2} {local:HH:mm:ss}"), StringComparison.Ordinal)
            .Replace("{inner}", at.UtcDateTime.ToString("MM/dd/yyyy:HH:mm:ss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{node}", node.Address, StringComparison.Ordinal).Replace("{host}", node.HostName, StringComparison.Ordinal);
    }
}
