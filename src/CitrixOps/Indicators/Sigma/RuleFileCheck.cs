using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Investigation;

namespace CitrixOps.Indicators.Sigma;

/// <summary>What a check of one rule file found. The property names are part of the public interface.</summary>
public sealed class RuleFileCheck
{
    /// <summary>The file.</summary>
    public string Path { get; private set; } = "";

    /// <summary>True when every indicator in it can be used. Warnings do not change that.</summary>
    public bool IsValid => Problems.All(p => !p.IsError);

    /// <summary>The ids of the indicators that can be used.</summary>
    public IReadOnlyList<string> Indicators { get; private set; } = Array.Empty<string>();

    /// <summary>Errors and warnings, by place.</summary>
    public IReadOnlyList<RuleProblem> Problems { get; private set; } = Array.Empty<RuleProblem>();

    /// <summary>Checks a file.</summary>
    /// <param name="path">A Sigma file (<c>.yml</c>, <c>.yaml</c>) or file indicators (<c>.json</c>).</param>
    /// <param name="yaml">Reads YAML.</param>
    /// <param name="placeholders">The values of placeholders; null means none.</param>
    public static RuleFileCheck Of(string path, IYamlReader yaml, Placeholders? placeholders = null)
    {
        var problems = new List<RuleProblem>();
        var indicators = new List<Indicator>();
        try
        {
            var text = File.ReadAllText(path);
            var id = System.IO.Path.GetFileNameWithoutExtension(path);
            if (string.Equals(System.IO.Path.GetExtension(path), ".json", StringComparison.OrdinalIgnoreCase))
            {
                indicators.AddRange(IndicatorFile.Read(text));
            }
            else if (Placeholders.IsFile(path))
            {
                Placeholders.Read(text, yaml);
            }
            else
            {
                foreach (var (document, indicator, problem) in SigmaReader.ReadAll(text, id, yaml, placeholders ?? Placeholders.None))
                {
                    if (problem is not null)
                    {
                        problems.Add(SigmaReader.Waits(document, problem) ? Error(problem) with { IsError = false, Recommendation = "The rule is not used until the placeholder has a value; it says itself that it is optional." } : Error(problem));
                        continue;
                    }

                    indicators.Add(indicator!);
                    problems.AddRange(RuleLint.Of((YamlMapping)document, indicator!));
                }
            }
        }
        catch (RuleException e)
        {
            problems.Add(Error(e));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            problems.Add(new RuleProblem(1, 1, true, SafeText.FromText(e.Message).TrimEnd('.'), "Mend the file or its rights."));
        }

        return new RuleFileCheck
        {
            Path = path,
            Indicators = indicators.Select(i => i.Id).ToArray(),
            Problems = problems.OrderBy(p => p.Line).ThenBy(p => p.Column).ToArray(),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {(IsValid ? "valid" : "not valid")}";

    private static RuleProblem Error(RuleException e) => new(e.Line, e.Column, true, SafeText.FromText(e.Message).TrimEnd('.'), "The rule is not used until this is mended; module/data/rules/README.md says what is supported.");
}
