using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CitrixOps.Logs;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>Completes the names of log types.</summary>
public sealed class LogTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        LogFormats.All.Where(f => f.LogType.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
            .Select(f => new CompletionResult(f.LogType, f.LogType, CompletionResultType.ParameterValue, string.Join(", ", f.Stems)));
}
