using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Sources;
using CitrixOps.Logs.Formats;

namespace CitrixOps.Logs;

/// <summary>Every log format, once.</summary>
public static class LogFormats
{
    /// <summary>The formats. More specific ones come first: they are asked in this order when a name does not tell.</summary>
    public static IReadOnlyList<ILogFormat> All { get; } = new ILogFormat[]
    {
        new HttpAccessLog(),
        new HttpErrorLog(),
        new NsLog(),
        new ShellLog(),
        new CronLog(),
        new NsVpnLog(),
        new AuthLog(),
        new IptablesLog(),
        new AsaLog(),
        new FortiGateLog(),
        new CefLog(),
        new WindowsFirewallLog(),
        new SyslogLog(LogTypes.Messages, "messages"),
        new SyslogLog(LogTypes.Notice, "notice.log"),
    };

    /// <summary>The format of a log type.</summary>
    /// <param name="logType">A <see cref="LogTypes"/> name, any case.</param>
    /// <returns>The format, or null when there is none of that name.</returns>
    public static ILogFormat? ByType(string logType) =>
        All.FirstOrDefault(f => string.Equals(f.LogType, logType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format that a file's name tells.</summary>
    /// <param name="name">The file's name, rotated or not.</param>
    /// <returns>The format and the name of the live file, or null.</returns>
    public static (ILogFormat Format, string Kind)? ByName(string name)
    {
        var stem = RotationOrder.Split(name).Stem;
        foreach (var format in All)
        {
            foreach (var candidate in format.Stems)
            {
                if (string.Equals(stem, candidate, StringComparison.OrdinalIgnoreCase))
                {
                    return (format, candidate);
                }
            }
        }

        // copies get prefixes and dates: gw1_httpaccess.log, httpaccess.log-20200124
        foreach (var format in All)
        {
            foreach (var candidate in format.Stems.Where(s => s.EndsWith(".log", StringComparison.Ordinal)))
            {
                var at = stem.IndexOf(candidate, StringComparison.OrdinalIgnoreCase);
                if (at == 0 || (at > 0 && !char.IsLetter(stem[at - 1])))
                {
                    return (format, candidate);
                }
            }
        }

        return null;
    }

    /// <summary>The format that a file's first lines tell: the first that recognises most of them.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <returns>The format, or null.</returns>
    public static ILogFormat? ByContent(ReadOnlySpan<byte> head)
    {
        const int LinesLookedAt = 20;
        var hits = new int[All.Count];
        var lines = 0;
        while (head.Length > 0 && lines < LinesLookedAt)
        {
            var end = head.IndexOf((byte)'\n');
            var line = end < 0 ? head : head.Slice(0, end);
            head = end < 0 ? default : head.Slice(end + 1);
            if (line.Length < 8)
            {
                continue;
            }

            lines++;
            for (var i = 0; i < hits.Length; i++)
            {
                hits[i] += All[i].Recognizes(line) ? 1 : 0;
            }
        }

        var best = Array.IndexOf(hits, hits.Max());
        return lines > 0 && hits[best] * 2 > lines ? All[best] : null;
    }
}
