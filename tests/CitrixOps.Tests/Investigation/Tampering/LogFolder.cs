using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;

namespace CitrixOps.Tests.Investigation.Tampering;

/// <summary>The folder of logs of an appliance, written file by file with the times newsyslog would leave.</summary>
internal sealed class LogFolder : IDisposable
{
    public static readonly DateTimeOffset Start = new(2025, 7, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public Problems Problems { get; } = new();

    public string Image => Path.Combine(_folder.Path, "image");

    public void Dispose() => _folder.Dispose();

    /// <summary>A line of the packet engine.</summary>
    public static string Ns(DateTimeOffset time, int number, string node = "gw", string what = "EVENT MONITORUP", string text = "Server_svc_NSSVC_HTTP_10.1.1.20:443(web-01) - State UP") => string.Create(
        CultureInfo.InvariantCulture,
        $"{time:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT {node} 0-PPE-0 : default {what} {number} 0 :  {text}");

    /// <summary>A line of a shell.</summary>
    public static string Shell(DateTimeOffset time, int pid, string text = "shell_command=\"show ns version\"", string shell = "bash", string tty = "/dev/pts/0") =>
        string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd HH:mm:ss} <local7.notice> gw {shell}[{pid}]: root on {tty} {text}");

    /// <summary>Lines, one a minute.</summary>
    public static IEnumerable<string> Minutes(int count, Func<DateTimeOffset, int, string?> line, int from = 0) =>
        Enumerable.Range(from, count).Select(i => line(Start.AddMinutes(i), i)).Where(l => l is not null).Select(l => l!);

    /// <summary>Writes a log below the appliance's root, or beside it when the name has no folder.</summary>
    public string Write(string path, IEnumerable<string> lines, DateTimeOffset? modified = null)
    {
        var text = Encoding.Latin1.GetBytes(string.Concat(lines.Select(l => l + "\n")));
        var full = _folder.File(path.StartsWith('/') ? "image" + path : path, path.EndsWith(".gz", StringComparison.Ordinal) ? BundleBuilder.Gzip(text) : text);
        File.SetLastWriteTimeUtc(full, (modified ?? Start.AddDays(4)).UtcDateTime);
        return full;
    }

    /// <summary>Searches the appliance, and other paths with it as the same gateway.</summary>
    public CitrixOps.Investigation.Investigation Search(params string[] others) => Shipped.Search(
        Problems, new InvestigationOptions { Since = Start.AddHours(-1), Until = Start.AddDays(3), TimeZone = "UTC", GatewayName = "gw" }, [Image, .. others]).Single();
}
