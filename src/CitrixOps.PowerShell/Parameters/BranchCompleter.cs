using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>Completes the branches that the catalogue speaks of.</summary>
public sealed class BranchCompleter : IArgumentCompleter, IProblemSink
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = (wordToComplete ?? "").Trim('\'', '"');
            return Knowledge.Catalogue(this).Advisories.SelectMany(a => a.Branches).Distinct().Where(b => b.StartsWith(word, StringComparison.OrdinalIgnoreCase)).OrderBy(b => b, StringComparer.Ordinal).Select(b => new CompletionResult(b)).ToList();
        }
        catch (CitrixOpsException)
        {
            // completion never fails; the command itself says what is wrong with the catalogue
            return Enumerable.Empty<CompletionResult>();
        }
    }

    /// <summary>Completion reports nothing.</summary>
    /// <param name="problem">The problem.</param>
    public void Report(Problem problem)
    {
    }
}
