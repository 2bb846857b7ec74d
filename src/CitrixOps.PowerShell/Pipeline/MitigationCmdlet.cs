using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Errors;
using CitrixOps.Mitigations;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>What cmdlets on mitigations share: finding them, and writing how they stand.</summary>
public abstract class MitigationCmdlet : GatewayCmdlet
{
    private IReadOnlyList<Mitigation> _wanted = Array.Empty<Mitigation>();

    /// <summary>The mitigations that were asked for.</summary>
    protected IReadOnlyList<Mitigation> Wanted => _wanted;

    /// <summary>Finds mitigations; what is none is reported.</summary>
    /// <param name="ids">Identifiers, CVEs, bulletins, wildcards; null for all.</param>
    protected void Find(IReadOnlyList<string>? ids)
    {
        var catalogue = MitigationCatalogue.Load(Path.Combine(ModuleData.Directory, "mitigations"), this);
        var found = new List<Mitigation>();
        foreach (var id in ids ?? new[] { "*" })
        {
            var pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            var named = WildcardPattern.ContainsWildcardCharacters(id) ? catalogue.All.Where(m => pattern.IsMatch(m.Id)).ToArray() : new[] { catalogue.Find(id) }.OfType<Mitigation>().ToArray();
            if (named.Length == 0)
            {
                Report(new Problem("MitigationNotFound", ErrorKind.NotFound, $"There is no mitigation '{id}'.", id, "Known are: " + string.Join(", ", catalogue.All.Select(m => m.Id)) + "."));
            }

            found.AddRange(named);
        }

        _wanted = found.Distinct().ToArray();
    }

    /// <summary>Writes how a mitigation stands, what went wrong, and what a person has to know.</summary>
    /// <param name="state">How it stands.</param>
    /// <param name="pipeline">Where it goes.</param>
    protected static void Write(MitigationState state, GatewayPipeline pipeline)
    {
        foreach (var problem in state.Problems)
        {
            pipeline.Report(problem);
        }

        if (state.Changed > 0)
        {
            pipeline.Verbose($"The receipt of {state.Id} on '{state.Gateway}' is {state.Receipt}.");
            if (!state.Saved)
            {
                pipeline.Warn($"'{state.Gateway}' is not saved: a restart would lose these changes. Save with -Save, or with save ns config.");
            }
        }

        if (state.Status == MitigationStatus.Ineffective)
        {
            pipeline.Warn($"'{state.Gateway}', {state.Id}: {state.Reasons[0]}");
        }

        pipeline.Write(state);
    }
}
