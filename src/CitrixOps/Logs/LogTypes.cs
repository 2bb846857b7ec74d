using System.Collections.Generic;

namespace CitrixOps.Logs;

/// <summary>The names of the log types: values of <c>-LogType</c> and of Sigma's <c>logsource.service</c> under <c>product: netscaler</c>.</summary>
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

    /// <summary>All of them, in the order coverage is listed.</summary>
    public static IReadOnlyList<string> All { get; } = new[] { HttpAccess, HttpError, Shell, Cron, NsLog, Notice, Messages, Auth, NsVpn };
}
