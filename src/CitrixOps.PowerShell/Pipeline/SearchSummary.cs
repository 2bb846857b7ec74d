using System;
using System.Collections.Generic;
using System.Text;
using CitrixOps.Investigation;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>The closing words of a search, for a person: verdict, reasons, coverage.</summary>
internal static class SearchSummary
{
    public static string Text(Investigation.Investigation investigation)
    {
        var text = new StringBuilder();
        text.Append("Gateway ").Append(SafeText.FromText(investigation.Gateway)).Append(": ").Append(investigation.Verdict).AppendLine();
        if (investigation.Since is { } since && investigation.Until is { } until)
        {
            text.Append(FormattableString.Invariant($"  Window: {since:yyyy-MM-dd HH:mm}Z .. {until:yyyy-MM-dd HH:mm}Z ({investigation.WindowReason})")).AppendLine();
        }
        else
        {
            text.Append("  Window: ").AppendLine(investigation.WindowReason);
        }

        foreach (var reason in investigation.Reasons)
        {
            text.Append("  - ").AppendLine(reason);
        }

        Section(text, "  Coverage:", investigation.Coverage);
        Section(text, "  Not counted:", investigation.Excluded);
        Section(text, "  Notes:", investigation.Notes);
        Section(text, "  Rules that could not be used:", investigation.RulesSkipped);
        text.Append(FormattableString.Invariant($"  Searched {investigation.Lines:N0} lines ({investigation.Bytes:N0} bytes) with {investigation.RulesLoaded} indicators in {investigation.Elapsed.TotalSeconds:0.0} s; {investigation.FindingCount:N0} findings."));
        return text.ToString();
    }

    private static void Section<T>(StringBuilder text, string title, IReadOnlyList<T> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        text.AppendLine(title);
        foreach (var item in items)
        {
            text.Append("    ").AppendLine(item?.ToString());
        }
    }
}
