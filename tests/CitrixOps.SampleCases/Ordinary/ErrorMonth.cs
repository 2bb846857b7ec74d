using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>A month of httperror.log in both forms of its stamp: restarts, missing files, odd clients, warnings of the administration pages, raw output without a time.</summary>
internal static class ErrorMonth
{
    private static readonly string[] Missing = ["/netscaler/ns_gui/vpn/robots.txt", "/netscaler/ns_gui/.env", "/netscaler/ns_gui/wp-login.php", "/netscaler/ns_gui/vpn/media/oud.png", "/var/netscaler/logon/LogonPoint/custom/script.nl.js", "/netscaler/ns_gui/cgi-bin/luci", "/netscaler/ns_gui/apple-touch-icon.png", "/netscaler/ns_gui/owa"];

    public static IEnumerable<Line> Lines(Month month, bool micros) =>
        month.Moments(24).Select(t => new Line(t, month.Next(14) switch
        {
            0 => Text(t, micros, "mpm_prefork", "notice", "", "AH00171: Graceful restart requested, doing restart"),
            1 => Text(t, micros, "core", "notice", "", "AH00094: Command line: '/bin/httpd -D SSL'"),
            2 => Text(t, micros, "", "notice", "", "caught SIGUSR1, graceful restart requested"),
            3 => Text(t, micros, "", "warn", "", "Init: Session Cache is not configured [hint: SSLSessionCache]"),
            4 or 5 or 6 => Text(t, micros, "core", "error", Client(month), "File does not exist: " + month.Pick(Missing)),
            7 => Text(t, micros, "authz_core", "error", Client(month), "AH01630: client denied by server configuration: /netscaler/ns_gui/admin_ui/php/"),
            8 => Text(t, micros, "core", "error", Client(month), "AH00126: Invalid URI in request GET /cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh HTTP/1.1"),
            9 => Text(t, micros, "", "error", Client(month), "request failed: error reading the headers"),
            10 => Text(t, micros, "php7", "error", Client(month), "PHP Notice:  Undefined index: sid in /netscaler/ns_gui/admin_ui/php/application/controllers/common/login.php on line 212, referer: https://192.0.2.10/menu/neo"),
            11 => Text(t, micros, "php7", "error", Client(month), "PHP Warning:  Invalid argument supplied for foreach() in /netscaler/ns_gui/admin_ui/php/application/models/common/xmlapi_model.php on line 40"),
            12 => Text(t, micros, "cgi", "error", Client(month), "AH02811: script not found or unable to stat: /netscaler/ns_gui/cgi-bin/test.cgi"),
            _ => Text(t, micros, "headers", "debug", "", "mod_headers.c(756): headers: ap_headers_output_filter()"),
        }))

        // children of the server write as they like
        .Concat(Month.Every(TimeSpan.FromHours(31), TimeSpan.FromHours(2)).Select((t, i) => new Line(t, (i % 4) switch
        {
            0 => "httpd: Could not reliably determine the server's fully qualified domain name, using 192.0.2.10 for ServerName",
            1 => "Use of uninitialized value $name in concatenation (.) or string at /netscaler/portal/scripts/subscription.pl line 71.",
            2 => "tput: no terminal type specified and no TERM environmental variable.",
            _ => "gzip: stdin: unexpected end of file",
        })));

    private static string Text(DateTimeOffset time, bool micros, string module, string level, string client, string text) => micros
        ? $"[{time.ToString("ddd MMM dd HH:mm:ss.ffffff yyyy", CultureInfo.InvariantCulture)}] [{module}:{level}] [pid 993] {client}{text}"
        : $"[{Stamps.Error(time)}] [{level}] {client}{text}";

    private static string Client(Month month) => $"[client {month.Client()}:{month.Next(1024, 65_000)}] ";
}
