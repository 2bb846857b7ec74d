using System;
using System.Management.Automation;
using CitrixOps.Errors;
using CitrixOps.Logs;
using CitrixOps.Logs.Times;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Checks that searches share, before anything is read. What is wrong ends the command: nothing could succeed.</summary>
internal static class SearchParameters
{
    public static void CheckSearchParameters(this PSCmdlet cmdlet, DateTimeOffset? since, DateTimeOffset? until, string? timeZone, string? logType)
    {
        if (since is { } from && until is { } to && to <= from)
        {
            Refuse(cmdlet, new Problem("WindowEmpty", ErrorKind.InvalidArgument, FormattableString.Invariant($"The window ends ({to.UtcDateTime:yyyy-MM-dd HH:mm}Z) before it starts ({from.UtcDateTime:yyyy-MM-dd HH:mm}Z)."), null, "Exchange -Since and -Until."));
        }

        if (logType is not null && LogFormats.ByType(logType) is null)
        {
            Refuse(cmdlet, new Problem("LogTypeUnknown", ErrorKind.InvalidArgument, $"There is no log type '{logType}'.", logType, "Known are: " + string.Join(", ", LogTypes.All) + "."));
        }

        if (timeZone is not null)
        {
            try
            {
                TimeZones.Find(timeZone);
            }
            catch (CitrixOpsException e)
            {
                cmdlet.ThrowTerminatingError(ErrorRecords.From(e));
            }
        }
    }

    private static void Refuse(PSCmdlet cmdlet, Problem problem) => cmdlet.ThrowTerminatingError(ErrorRecords.From(problem));
}
