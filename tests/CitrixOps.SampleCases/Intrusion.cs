using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.SampleCases;

/// <summary>
/// The traces of January 2020: what scanners, attempts and one success for CVE-2019-19781 leave in the logs. Addresses are
/// from the documentation ranges, names are made up; the request lines are those every public advisory prints.
/// </summary>
internal sealed class Intrusion(CaseOptions options, OrdinaryTraffic traffic)
{
    /// <summary>The client that gets in.</summary>
    public const string Attacker = "198.51.100.77";

    private const string Up = "/vpn/../vpns";
    private const string Agent = "python-requests/2.22.0";
    private readonly Random _random = new(options.Seed + 1);

    public DateTimeOffset Break => new(2020, 1, 12, 3, 14, 7, options.From.Offset);

    public IEnumerable<Line> Access()
    {
        if (options.Kind is CaseKind.Clean or CaseKind.Bleed)
        {
            yield break;
        }

        var refused = options.Kind == CaseKind.Attempted;
        string[] scanners = ["203.0.113.200", "198.51.100.9", "203.0.113.88"];
        for (var i = 0; i < 6; i++)
        {
            var time = new DateTimeOffset(2020, 1, 10, 22, 4, 10, options.From.Offset).AddHours(11 * i);
            yield return Hit(scanners[i % 3], time, "GET " + Up + "/cfg/smb.conf HTTP/1.1", 403);
            if (i % 2 == 0)
            {
                yield return Hit(scanners[i % 3], time.AddSeconds(3), "GET /vpn/%2e%2e/%76pns/cfg/smb.conf HTTP/1.1", 403);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            var time = new DateTimeOffset(2020, 1, 11, 4, 30, 2, options.From.Offset).AddHours(19 * i);
            yield return Hit("203.0.113.201", time, "POST " + Up + "/portal/scripts/newbm.pl HTTP/1.1", 403);
        }

        if (refused)
        {
            yield break;
        }

        yield return Hit(Attacker, Break, "POST " + Up + "/portal/scripts/newbm.pl HTTP/1.1", 200);
        yield return Hit(Attacker, Break.AddSeconds(2), "GET " + Up + "/portal/kq3tbmwx.xml HTTP/1.1", 200);
        yield return Hit(Attacker, Break.AddMinutes(4), "POST " + Up + "/portal/scripts/newbm.pl HTTP/1.1", 304);
    }

    public IEnumerable<Line> Error()
    {
        if (options.Kind == CaseKind.Compromised)
        {
            // a child of httpd writes to standard error: no time of its own
            yield return new Line(Break.AddSeconds(2), "cat: /proc/version: No such file or directory");
            yield return new Line(Break.AddMinutes(4), "cat: /proc/cpuinfo: No such file or directory");
        }
    }

    public IEnumerable<Line> Bash()
    {
        if (options.Kind == CaseKind.Compromised)
        {
            var staged = string.Join('/', "", "tmp", ".init", "httpd");
            yield return new Line(Break.AddSeconds(3), traffic.Shell(Break.AddSeconds(3), "bash", 40112, "nobody on (null)", "shell_command=\"uname -a\""));
            yield return new Line(Break.AddSeconds(70), traffic.Shell(Break.AddSeconds(70), "bash", 40131, "nobody on (null)", $"shell_command=\"chmod 744 {staged}\""));
        }
    }

    public IEnumerable<Line> Cron()
    {
        if (options.Kind == CaseKind.Compromised)
        {
            foreach (var hour in Enumerable.Range(1, 3))
            {
                var time = Break.AddHours(hour);
                yield return new Line(time, $"{Stamps.Syslog(time)} <cron.info> {options.HostName} /usr/sbin/cron[{_random.Next(900, 60_000)}]: (nobody) CMD (/var/nstmp/.nscache/httpd)");
            }
        }
    }

    /// <summary>Extra entries of the bundle's file listing.</summary>
    public IEnumerable<string> Listing()
    {
        if (options.Kind == CaseKind.Compromised)
        {
            yield return "/var/nstmp/.nscache:\ntotal 8\n-rwxr--r--  1 nobody  wheel  1294336 Jan 12 03:18 httpd\n";
            yield return "/var/cron/tabs:\ntotal 8\n-rw-------  1 root  wheel  243 Jan 12 03:18 nobody\n";
        }
    }

    private Line Hit(string client, DateTimeOffset time, string request, int status) =>
        new(time, OrdinaryTraffic.Request(client, time, request, status, status == 403 ? "146" : "143", Agent, _random));
}
