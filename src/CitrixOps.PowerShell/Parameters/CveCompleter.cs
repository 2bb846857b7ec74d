using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>Completes the CVEs of the catalogue, newest first, with their titles.</summary>
public sealed class CveCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = (wordToComplete ?? "").Trim('\'', '"');
            return Knowledge.Catalogue(Silent.Instance).Advisories.Reverse()
                .SelectMany(a => a.Cve.Select(c => (Cve: c, a.Title)))
                .Where(c => c.Cve.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                .Select(c => new CompletionResult(c.Cve, c.Cve, CompletionResultType.ParameterValue, c.Title)).ToList();
        }
        catch (CitrixOpsException)
        {
            // completion never fails; the command itself says what is wrong with the catalogue
            return Enumerable.Empty<CompletionResult>();
        }
    }

    private sealed class Silent : IProblemSink
    {
        public static readonly Silent Instance = new();

        public void Report(Problem problem)
        {
        }
    }
}
