using System;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>What the coverage of a log says about how its times were resolved.</summary>
internal static class LogNotes
{
    public static void Add(LogTally tally, TimeResolver resolver)
    {
        if (resolver.InferredYear)
        {
            tally.Note("lines state no year: taken from when the file was written");
        }

        if (resolver.AssumedUtc)
        {
            tally.Note("nothing names the zone: UTC assumed, give -TimeZone");
        }

        if (resolver.AtClockChange > 0)
        {
            tally.Note(FormattableString.Invariant($"{resolver.AtClockChange} lines fall into a change of the clock and may be an hour off"));
        }
    }
}
