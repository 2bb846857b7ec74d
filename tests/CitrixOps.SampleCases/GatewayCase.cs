using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases;

/// <summary>A whole support bundle: configuration, shell output, file listing and rotated logs that agree with each other.</summary>
public static class GatewayCase
{
    /// <summary>Makes the files of a bundle.</summary>
    public static BundleBuilder Build(CaseOptions options)
    {
        var bundle = new BundleBuilder();
        var traffic = new OrdinaryTraffic(options);
        var intrusion = new Intrusion(options, traffic);
        var end = options.CollectedAt;

        Configuration.Add(bundle, options);
        bundle.Add("shell/ls_lRtrp_var.out", string.Join("\n", StockListing(options).Concat(intrusion.Listing())), end);

        RotatedLog.Add(bundle, "httpaccess.log", traffic.Access().Concat(intrusion.Access()), 300, end);
        RotatedLog.Add(bundle, "httperror.log", traffic.Error().Concat(intrusion.Error()), 60, end);
        RotatedLog.Add(bundle, "bash.log", traffic.Bash().Concat(intrusion.Bash()), 120, end);
        RotatedLog.Add(bundle, "sh.log", traffic.Sh(), 100, end);
        RotatedLog.Add(bundle, "cron", traffic.Cron().Concat(intrusion.Cron()), 400, end);
        RotatedLog.Add(bundle, "ns.log", traffic.NsLog().Concat(new SessionTraffic(options).NsLog()), options.SessionUsers == 0 ? 400 : 4000, end);
        RotatedLog.Add(bundle, "messages", Messages(options), 100, end);
        RotatedLog.Add(bundle, "auth.log", Auth(options), 100, end);
        return bundle;
    }

    private static IEnumerable<Line> Messages(CaseOptions options)
    {
        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(11))
        {
            yield return new Line(time, $"{Stamps.Syslog(time)} <kern.info> {options.HostName} newsyslog[14448]: logfile turned over due to size>100K");
        }
    }

    private static IEnumerable<Line> Auth(CaseOptions options)
    {
        for (var time = options.From; time < options.CollectedAt; time = time.AddHours(26))
        {
            yield return new Line(time, $"{Stamps.Syslog(time)} <auth.info> {options.HostName} sshd[3391]: Accepted keyboard-interactive/pam for nsroot from 10.1.1.5 port 50114 ssh2");
        }
    }

    private static IEnumerable<string> StockListing(CaseOptions options)
    {
        var year = options.From.Year.ToString(CultureInfo.InvariantCulture);
        yield return $"/var/netscaler/logon/LogonPoint:\ntotal 24\n-r--r--r--  1 root  wheel  5012 Nov  5  {year} index.html\n-r--r--r--  1 root  wheel  901 Nov  5  {year} init.js\n";
        yield return $"/var/netscaler/logon/LogonPoint/uiareas:\ntotal 8\n-r--r--r--  1 root  wheel  7312 Nov  5  {year} nf_uiareas.js\n";
        yield return $"/var/vpn/bookmark:\ntotal 4\n-rw-r--r--  1 nobody  wheel  212 Dec 12  {year} j.devries.xml\n";
        yield return $"/var/cron/tabs:\ntotal 8\n-rw-------  1 root  wheel  102 Nov  5  {year} root\n";
        yield return $"/var/core:\ntotal 0\n";
    }
}
