using CitrixOps.Indicators;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>Makes the findings of rules that matched a record.</summary>
internal static class LineFinding
{
    /// <summary>Tells a finding where its record stands and what it says.</summary>
    /// <param name="finding">The finding, of the rule.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="record">The record.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="earlier">How many identical records of its file came before it.</param>
    public static Finding Of(Finding finding, LogRule rule, LogRecord record, in LineContext context, int earlier)
    {
        finding.Time = context.Time;
        finding.TimeTrust = context.TimeTrust;
        finding.LoggedTime = context.LoggedTime;
        finding.SourceAddress = record["c-ip"] is { } address ? SafeText.Cell(SafeText.FromRecord(address, 64)) : null;
        finding.Source = context.File.SourcePath;
        finding.Member = Printable(context.File.Member);
        finding.LineNumber = context.Number;
        finding.Offset = context.Offset;
        finding.Excerpt = SafeText.Cell(SecretMask.Apply(SafeText.FromRecord(record.Raw), context.ShowSecret));
        finding.Id = FindingIds.Of(rule.Id, context.Kind, record.Raw, earlier);
        return finding;
    }

    /// <summary>The log a record stands in.</summary>
    public static string Origin(in LineContext context) => context.File.Member ?? context.File.SourcePath;

    /// <summary>The name of a member; names in archives are the archive's words.</summary>
    public static string? Printable(string? member) => member is null ? null : SafeText.Cell(SafeText.FromText(member, 1024));
}
