using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>Completes the identifiers of mitigations, with their titles.</summary>
public sealed class MitigationCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = (wordToComplete ?? "").Trim('\'', '"');
        return MitigationCatalogue.Load(Path.Combine(ModuleData.Directory, "mitigations"), new Silent()).All
            .Where(m => m.Id.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            .Select(m => new CompletionResult(m.Id, m.Id, CompletionResultType.ParameterValue, m.Title)).ToList();
    }

    private sealed class Silent : IProblemSink
    {
        public void Report(Problem problem)
        {
        }
    }
}
