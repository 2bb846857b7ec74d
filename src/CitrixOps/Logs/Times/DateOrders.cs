using System;

namespace CitrixOps.Logs.Times;

/// <summary>Numeric dates of a file's first lines tell the order of day and month where a line of its own does not.</summary>
internal static class DateOrders
{
    /// <summary>How much of a file is looked at.</summary>
    public const int HeadLength = 1 << 20;

    /// <summary>Whether lines of a format can tell an order at all.</summary>
    public static bool Concern(ILogFormat format) => format.LogType == LogTypes.NsLog;

    /// <summary>Learns from the first lines.</summary>
    /// <param name="head">The first bytes of the file.</param>
    /// <param name="format">The format.</param>
    /// <param name="resolver">What learns.</param>
    public static void Learn(ReadOnlySpan<byte> head, ILogFormat format, TimeResolver resolver)
    {
        for (var end = head.IndexOf((byte)'\n'); end >= 0; end = head.IndexOf((byte)'\n'))
        {
            if (format.TryReadStamp(head.Slice(0, end), out var stamp))
            {
                resolver.Learn(stamp);
            }

            head = head.Slice(end + 1);
        }
    }
}
