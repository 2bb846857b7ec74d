using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Logs;

/// <summary>The names of the log types: values of <c>-LogType</c> and of Sigma's <c>logsource.service</c>.</summary>
public static class LogTypes
{
    /// <summary>httpaccess.log, httpaccess-vpn.log.</summary>
    public const string HttpAccess = "httpaccess";

    /// <summary>httperror.log, httperror-vpn.log.</summary>
    public const string HttpError = "httperror";

    /// <summary>bash.log, sh.log: every shell command.</summary>
    public const string Shell = "shell";

    /// <summary>/var/log/cron.</summary>
    public const string Cron = "cron";

    /// <summary>ns.log.</summary>
    public const string NsLog = "nslog";

    /// <summary>notice.log: copies of shell lines and more.</summary>
    public const string Notice = "notice";

    /// <summary>messages.</summary>
    public const string Messages = "messages";

    /// <summary>auth.log.</summary>
    public const string Auth = "auth";

    /// <summary>nsvpn.log.</summary>
    public const string NsVpn = "nsvpn";

    /// <summary>pfirewall.log of Windows.</summary>
    public const string WindowsFirewall = "pfirewall";

    /// <summary>Lines of the Linux packet filter (iptables and nftables, LOG target).</summary>
    public const string Iptables = "iptables";

    /// <summary>Syslog of Cisco ASA and Firepower.</summary>
    public const string Asa = "asa";

    /// <summary>Syslog of FortiGate, key=value form.</summary>
    public const string FortiGate = "fortigate";

    /// <summary>Common Event Format of any product.</summary>
    public const string Cef = "cef";

    /// <summary>The logs that a gateway itself writes, in the order coverage is listed.</summary>
    public static IReadOnlyList<string> Appliance { get; } = new[] { HttpAccess, HttpError, Shell, Cron, NsLog, Notice, Messages, Auth, NsVpn };

    /// <summary>The logs of firewalls around it: Sigma's <c>logsource.category: firewall</c>.</summary>
    public static IReadOnlyList<string> Firewall { get; } = new[] { WindowsFirewall, Iptables, Asa, FortiGate, Cef };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = Appliance.Concat(Firewall).ToArray();

    /// <summary>Whether a log is one of a firewall: it covers nothing of what happened on the gateway.</summary>
    /// <param name="logType">The type.</param>
    public static bool IsFirewall(string logType) => Firewall.Contains(logType, StringComparer.Ordinal);
}
