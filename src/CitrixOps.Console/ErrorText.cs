using System.Management.Automation;
using System.Text;

namespace CitrixOps.Console;

/// <summary>An error for people: what, where in the script, which id, what to do.</summary>
internal static class ErrorText
{
    public static string Of(ErrorRecord error)
    {
        var text = new StringBuilder();
        var name = error.InvocationInfo?.MyCommand?.Name;
        text.Append(name is null ? "" : name + ": ").Append(error.ErrorDetails?.Message ?? error.Exception.Message);
        if (error.ErrorDetails?.RecommendedAction is { Length: > 0 } advice)
        {
            text.AppendLine().Append("  Recommendation: ").Append(advice);
        }

        if (error.InvocationInfo is { ScriptName.Length: > 0 } place)
        {
            text.AppendLine().Append("  at ").Append(System.IO.Path.GetFileName(place.ScriptName)).Append(':').Append(place.ScriptLineNumber);
        }

        return text.AppendLine().Append("  [").Append(error.FullyQualifiedErrorId).Append(']').ToString();
    }
}
