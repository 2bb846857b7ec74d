using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
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

    /// <summary>Works on each mitigation that was asked for; one that fails stops no other and has a row too.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="pipeline">Where output goes.</param>
    /// <param name="work">What is done; null where there is nothing to write.</param>
    protected async Task EachAsync(Gateway gateway, GatewayPipeline pipeline, Func<Mitigation, Task<MitigationState?>> work)
    {
        foreach (var mitigation in Wanted)
        {
            try
            {
                if (await work(mitigation).ConfigureAwait(false) is { } state)
                {
                    Write(state, pipeline);
                }
            }
            catch (CitrixOpsException e)
            {
                pipeline.Report(e.Problem, e);
                pipeline.Write(NotSeen(gateway.Name, mitigation, e.Problem));
            }
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => Wanted.Select(m => NotSeen(gateway, m, problem));

    /// <summary>Says what a person has to do, and what a person has to take back.</summary>
    /// <param name="state">How it stands.</param>
    /// <param name="undo">True where it was taken back.</param>
    /// <param name="pipeline">Where it goes.</param>
    protected static void WarnOfManual(MitigationState state, bool undo, GatewayPipeline pipeline)
    {
        foreach (var step in state.Steps.Where(s => s.IsManual && s.State == MitigationStepState.Done == undo).GroupBy(s => (s.Id, s.Text, Command: undo ? s.UndoCommand : s.Command)).Where(g => g.Key.Command.Length > 0))
        {
            var where = string.Join(", ", step.Select(s => s.Where.Length > 0 ? s.Where : state.Gateway).Distinct());
            pipeline.Warn($"'{state.Gateway}', {state.Id}: a person has to {(undo ? "take this back" : "do this")} on {where}: {step.Key.Text}. {step.Key.Command.Replace("\n", "; ")}");
        }
    }

    private static MitigationState NotSeen(string gateway, Mitigation mitigation, Problem problem) => new()
    {
        Gateway = gateway,
        Id = mitigation.Id,
        Title = mitigation.Title,
        Cve = mitigation.Cve,
        Bulletin = mitigation.Bulletin,
        Status = MitigationStatus.Unknown,
        Reasons = new[] { problem.Message },
        Problems = new[] { problem },
        CheckedAt = DateTimeOffset.UtcNow,
    };

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
