using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Investigation;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Mitigations;

/// <summary>Looks at the settings of a mitigation over one connection: one node, one partition.</summary>
internal sealed class MitigationChecker
{
    private readonly Mitigation _mitigation;
    private readonly NitroConnection _connection;
    private readonly string _partition;
    private readonly bool? _isKnown;
    private readonly IReadOnlyDictionary<string, string> _values;

    public MitigationChecker(Mitigation mitigation, NitroConnection connection, string partition, bool? isKnown, IReadOnlyDictionary<string, string> values)
    {
        _mitigation = mitigation;
        _connection = connection;
        _partition = partition;
        _isKnown = isKnown;
        _values = values;
    }

    public async Task<IReadOnlyList<MitigationStep>> CheckAsync(CancellationToken cancellationToken)
    {
        var steps = new List<MitigationStep>();
        foreach (var setting in _mitigation.Settings)
        {
            try
            {
                steps.AddRange(setting.Kind == "responder"
                    ? await ResponderAsync(setting, cancellationToken).ConfigureAwait(false)
                    : await PropertyAsync(setting, cancellationToken).ConfigureAwait(false));
            }
            catch (NitroException e) when (e.Code is 1088 or 1232 or 1240)
            {
                steps.Add(Step(setting, "", MitigationStepState.NotKnownToBuild, "the build does not know it", "", null));
            }
            catch (CitrixOpsException e)
            {
                steps.Add(Step(setting, "", MitigationStepState.Unknown, e.Problem.Message, "", null));
            }
        }

        return steps;
    }

    private async Task<IEnumerable<MitigationStep>> PropertyAsync(MitigationSetting setting, CancellationToken cancellationToken)
    {
        var rows = await MitigationChange.RowsAsync(_connection, NitroCall.Get(setting.Type), cancellationToken).ConfigureAwait(false);
        return rows.Where(r => setting.Key is null || !setting.Except.Contains(Name(r, setting), StringComparer.OrdinalIgnoreCase)).Select(r => Property(setting, r)).ToArray();
    }

    private MitigationStep Property(MitigationSetting setting, JObject row)
    {
        var value = NitroReply.Text(row[setting.Property]);
        var name = setting.Key is null ? null : Name(row, setting);
        var shown = name is null ? "" : SafeText.FromText(name, 127);
        var decided = setting.CheckOnly && _values.TryGetValue(setting.Id, out var given) ? given : null;
        var command = Decided(setting.Command.Replace("{name}", shown).Replace("{value}", setting.Value), decided);
        if (value is null && _isKnown == false)
        {
            return Step(setting, shown, MitigationStepState.NotKnownToBuild, "the build does not know the setting; update it first", command, null);
        }

        if (IsMet(setting, value))
        {
            return Step(setting, shown, MitigationStepState.Done, SafeText.FromText($"{setting.Property} is {value}", 200), command, null);
        }

        var isManual = setting.CheckOnly && decided is null;
        var change = isManual ? null : new MitigationChange { Kind = "property", Partition = _partition, Type = setting.Type, Key = setting.Key, Name = name, Property = setting.Property, Value = decided ?? setting.Value, Before = value, BeforeIsDefault = setting.Default is not null && string.Equals(value, setting.Default, StringComparison.OrdinalIgnoreCase), Command = command };
        return Step(setting, shown, MitigationStepState.Open, value is null or "" ? $"{setting.Property} is not set" : SafeText.FromText($"{setting.Property} is {value}", 200), command, change) with { IsManual = isManual };
    }

    // set system parameter -maxsessionperuser <number>: what a person has to decide stands in angle brackets
    private static string Decided(string command, string? value)
    {
        var open = command.LastIndexOf('<');
        return value is null || open < 0 ? command : command.Substring(0, open) + (value.IndexOfAny(new[] { ' ', '"' }) < 0 ? SafeText.FromText(value, 400) : Quoted(SafeText.FromText(value, 400)));
    }

    /// <summary>Whether a value does.</summary>
    public static bool IsMet(MitigationSetting setting, string? value) => setting.Test switch
    {
        "present" => !string.IsNullOrEmpty(value),
        "atLeastOne" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 1,
        _ => string.Equals(value, setting.Value, StringComparison.OrdinalIgnoreCase),
    };

    // a policy that somebody made by hand from the vendor's article counts, whatever it is called
    private async Task<IEnumerable<MitigationStep>> ResponderAsync(MitigationSetting setting, CancellationToken cancellationToken)
    {
        var isOn = await MitigationChange.HasFeatureAsync(_connection, "RESPONDER", cancellationToken).ConfigureAwait(false);
        var policies = await MitigationChange.RowsAsync(_connection, NitroCall.Get("responderpolicy"), cancellationToken).ConfigureAwait(false);
        var actions = await MitigationChange.RowsAsync(_connection, NitroCall.Get("responderaction", setting.Action), cancellationToken).ConfigureAwait(false);
        const string Binding = "responderglobal_responderpolicy_binding";
        var bound = await MitigationChange.RowsAsync(_connection, NitroCall.Get(Binding, null, ("type", setting.BindPoint)), cancellationToken).ConfigureAwait(false);
        var same = policies.Where(p => Same(NitroReply.Text(p["rule"]), setting.Rule) && !string.Equals(NitroReply.Text(p["action"]), "NOOP", StringComparison.OrdinalIgnoreCase)).Select(p => NitroReply.Text(p["name"]) ?? "").ToArray();
        var serving = bound.Select(b => NitroReply.Text(b["policyname"]) ?? "").FirstOrDefault(b => same.Contains(b, StringComparer.OrdinalIgnoreCase));
        var feature = new MitigationChange { Kind = "feature", Partition = _partition, Type = "nsfeature", Name = "RESPONDER", Command = "enable ns feature RESPONDER" };
        var steps = new List<MitigationStep> { Step(setting, "RESPONDER", isOn ? MitigationStepState.Done : MitigationStepState.Open, isOn ? "the feature is on" : "the feature is off: no responder policy is evaluated", feature.Command, isOn ? null : feature) with { Counts = false } };
        if (serving is not null)
        {
            steps.Add(Step(setting, SafeText.FromText(serving, 127), MitigationStepState.Done, "the policy is bound to all virtual servers", "", null));
            return steps;
        }

        var priority = FreePriority(bound);
        var action = new MitigationChange { Kind = "object", Partition = _partition, Type = "responderaction", Key = "name", Name = setting.Action, Properties = new Dictionary<string, string> { ["type"] = "respondwith", ["target"] = setting.Answer }, Command = $"add responder action {setting.Action} respondwith {Quoted(setting.Answer)}" };
        var policy = new MitigationChange { Kind = "object", Partition = _partition, Type = "responderpolicy", Key = "name", Name = setting.Policy, Properties = new Dictionary<string, string> { ["rule"] = setting.Rule, ["action"] = setting.Action }, Command = $"add responder policy {setting.Policy} {Quoted(setting.Rule)} {setting.Action}" };
        var binding = new MitigationChange { Kind = "binding", Partition = _partition, Type = Binding, Key = "policyname", Name = setting.Policy, Properties = new Dictionary<string, string> { ["priority"] = priority, ["gotopriorityexpression"] = "END", ["type"] = setting.BindPoint }, Command = $"bind responder global {setting.Policy} {priority} END -type {setting.BindPoint}" };
        var present = policies.FirstOrDefault(p => string.Equals(NitroReply.Text(p["name"]), setting.Policy, StringComparison.OrdinalIgnoreCase));
        var isChanged = present is not null && !Same(NitroReply.Text(present["rule"]), setting.Rule);
        if (isChanged)
        {
            policy = policy with { Kind = "property", Property = "rule", Value = setting.Rule, Before = NitroReply.Text(present!["rule"]), Properties = null, Command = $"set responder policy {setting.Policy} -rule {Quoted(setting.Rule)}" };
        }

        steps.Add(Step(setting, setting.Action, actions.Count > 0 ? MitigationStepState.Done : MitigationStepState.Open, actions.Count > 0 ? "the action is there" : "there is no such action", action.Command, actions.Count > 0 ? null : action));
        steps.Add(Step(setting, setting.Policy, present is not null && !isChanged ? MitigationStepState.Done : MitigationStepState.Open, isChanged ? "the policy has another rule" : present is null ? "there is no such policy" : "the policy is there", policy.Command, present is not null && !isChanged ? null : policy));
        var isBound = bound.Any(b => string.Equals(NitroReply.Text(b["policyname"]), setting.Policy, StringComparison.OrdinalIgnoreCase));
        steps.Add(Step(setting, setting.BindPoint, isBound ? MitigationStepState.Done : MitigationStepState.Open, isBound ? "the policy is bound" : priority == "1" ? "no such policy is bound" : $"no such policy is bound; priority 1 is taken, {priority} is free: policies before it that end the evaluation win", binding.Command, isBound ? null : binding));
        return steps;
    }

    private static string FreePriority(IReadOnlyList<JObject> bound)
    {
        var taken = new HashSet<string?>(bound.Select(b => NitroReply.Text(b["priority"])), StringComparer.Ordinal);
        return Enumerable.Range(1, 100_000).Select(n => n.ToString(CultureInfo.InvariantCulture)).First(n => !taken.Contains(n));
    }

    private static bool Same(string? a, string b) => a is not null && Bare(a) == Bare(b);

    private static string Bare(string rule) => new(rule.Where(c => !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant).ToArray());

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";

    private static string Name(JObject row, MitigationSetting setting) => NitroReply.Text(row[setting.Key!]) ?? "";

    private MitigationStep Step(MitigationSetting setting, string target, MitigationStepState state, string detail, string command, MitigationChange? change) => new()
    {
        Id = setting.Id,
        Text = setting.Text,
        Where = _partition == "default" ? "" : "partition " + SafeText.FromText(_partition, 60),
        Target = target,
        State = state,
        Detail = detail,
        Command = command,
        Change = change,
    };
}
