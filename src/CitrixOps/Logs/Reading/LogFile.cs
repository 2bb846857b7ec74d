using System;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;

namespace CitrixOps.Logs.Reading;

/// <summary>Which log a file is: its format, the log it belongs to, and its place in the rotation.</summary>
public sealed class LogFile
{
    private LogFile(ILogFormat format, string kind, int rotation, bool byName)
    {
        Format = format;
        Kind = kind;
        Rotation = rotation;
        ByName = byName;
    }

    /// <summary>The format.</summary>
    public ILogFormat Format { get; }

    /// <summary>The name of the live log (<c>httpaccess.log</c>); a file of another name is a log of its own.</summary>
    public string Kind { get; }

    /// <summary>The rotation index; -1 for the live file.</summary>
    public int Rotation { get; }

    /// <summary>True when the name alone told.</summary>
    public bool ByName { get; }

    /// <summary>Tells by a file's place and name whether it is a log.</summary>
    /// <param name="file">The file.</param>
    /// <param name="logType">The type the caller states, or null.</param>
    /// <returns>The log, or null when name and place do not tell.</returns>
    public static LogFile? FromName(ApplianceFile file, string? logType)
    {
        if (!MayBeLog(file))
        {
            return null;
        }

        var (stem, rotation) = RotationOrder.Split(file.Name);
        if (logType is not null && LogFormats.ByType(logType) is { } stated)
        {
            return new LogFile(stated, LogFormats.ByName(file.Name) is { } known && known.Format == stated ? known.Kind : stem, rotation, byName: false);
        }

        return LogFormats.ByName(file.Name) is { } named ? new LogFile(named.Format, named.Kind, rotation, byName: true) : null;
    }

    /// <summary>Tells by content.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">Its first bytes, decompressed.</param>
    /// <returns>The log, or null.</returns>
    public static LogFile? FromContent(ApplianceFile file, ReadOnlySpan<byte> head)
    {
        if (!MayBeLog(file) || LogFormats.ByContent(head) is not { } format)
        {
            return null;
        }

        var (stem, rotation) = RotationOrder.Split(file.Name);
        return new LogFile(format, stem, rotation, byName: false);
    }

    // on an appliance logs lie in /var/log; elsewhere a file of the same name is something else (/etc/cron, /var/nslog/ns.log is one too)
    private static bool MayBeLog(ApplianceFile file) => file.HasContent && (file.AppliancePath is not { } path
        || path.StartsWith("/var/log/", StringComparison.Ordinal) || path.StartsWith("/var/nslog/", StringComparison.Ordinal) || path.StartsWith("/log/", StringComparison.Ordinal));
}
