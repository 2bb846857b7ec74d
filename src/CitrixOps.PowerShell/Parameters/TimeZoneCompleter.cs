using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>Completes the names of time zones.</summary>
public sealed class TimeZoneCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        return TimeZoneInfo.GetSystemTimeZones().Where(z => z.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(z => z.Id, StringComparer.Ordinal).Take(200)
            .Select(z => new CompletionResult(z.Id.IndexOf(' ') < 0 ? z.Id : "'" + z.Id + "'", z.Id, CompletionResultType.ParameterValue, z.DisplayName));
    }
}
