using System;
using System.Management.Automation;
using CitrixOps.Errors;
using CitrixOps.Logs;
using CitrixOps.Logs.Times;
using CitrixOps.PowerShell.Parameters;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>What cmdlets that read logs share: where the logs lie, the window, and what the logs do not say themselves.</summary>
public abstract class LogCmdlet : SourceCmdlet
{
    /// <summary>The same, without wildcards; takes file objects from the pipeline.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Start of the window. Local time when no offset is given; shown in UTC.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset? Since { get; set; }

    /// <summary>End of the window. A bare date includes that day.</summary>
    [Parameter]
    [Instant(IsEnd = true)]
    public DateTimeOffset? Until { get; set; }

    /// <summary>The zone of logs that state none, IANA or Windows name. Without it: the appliance's own zone, else UTC.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public string? TimeZone { get; set; }

    /// <summary>The type of logs whose names do not tell it, and of lines from the pipeline.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LogTypeCompleter))]
    public string? LogType { get; set; }

    /// <summary>The name of the gateway that loose files or lines come from.</summary>
    [Parameter]
    public string? GatewayName { get; set; }

    /// <summary>Checks window, zone and log type before anything is read. What is wrong ends the command: nothing could succeed.</summary>
    protected void CheckWindow()
    {
        if (Since is { } from && Until is { } to && to <= from)
        {
            Refuse(new Problem("WindowEmpty", ErrorKind.InvalidArgument, FormattableString.Invariant($"The window ends ({to.UtcDateTime:yyyy-MM-dd HH:mm}Z) before it starts ({from.UtcDateTime:yyyy-MM-dd HH:mm}Z)."), null, "Exchange -Since and -Until."));
        }

        if (LogType is not null && LogFormats.ByType(LogType) is null)
        {
            Refuse(new Problem("LogTypeUnknown", ErrorKind.InvalidArgument, $"There is no log type '{LogType}'.", LogType, "Known are: " + string.Join(", ", LogTypes.All) + "."));
        }

        if (TimeZone is not null)
        {
            try
            {
                TimeZones.Find(TimeZone);
            }
            catch (CitrixOpsException e)
            {
                ThrowTerminatingError(ErrorRecords.From(e));
            }
        }
    }

    private void Refuse(Problem problem) => ThrowTerminatingError(ErrorRecords.From(problem));
}
