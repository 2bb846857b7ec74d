using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>A condition of a rule over the fields of a record.</summary>
internal abstract class Condition
{
    /// <summary>Whether the record fulfils it.</summary>
    public abstract bool Holds(IFieldSource source);

    /// <summary>
    /// Lower-case literals of which at least one stands in the raw line whenever the condition holds on the record as logged; null
    /// when no such set is known. What makes the prefilter sound.
    /// </summary>
    public abstract IReadOnlyList<string>? Witness { get; }

    /// <summary>Sets of literals as <see cref="Witness"/> is one: of each of them one stands in the line. The best comes first.</summary>
    public virtual IReadOnlyList<IReadOnlyList<string>> Witnesses => Witness is { } witness ? new[] { witness } : System.Array.Empty<IReadOnlyList<string>>();
}

/// <summary>All must hold.</summary>
internal sealed class AllOf : Condition
{
    private const int MostWitnesses = 4;
    private readonly Condition[] _parts;

    public AllOf(IEnumerable<Condition> parts)
    {
        _parts = parts.ToArray();
        Witnesses = _parts.SelectMany(p => p.Witnesses).OrderByDescending(WitnessScore.Of).Take(MostWitnesses).ToArray();
    }

    public override IReadOnlyList<string>? Witness => Witnesses.FirstOrDefault();

    public override IReadOnlyList<IReadOnlyList<string>> Witnesses { get; }

    public override bool Holds(IFieldSource source)
    {
        foreach (var part in _parts)
        {
            if (!part.Holds(source))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>One must hold.</summary>
internal sealed class AnyOf : Condition
{
    private readonly Condition[] _parts;

    public AnyOf(IEnumerable<Condition> parts)
    {
        _parts = parts.ToArray();
        Witness = _parts.Length > 0 && _parts.All(p => p.Witness is not null) ? _parts.SelectMany(p => p.Witness!).Distinct().ToArray() : null;
    }

    public override IReadOnlyList<string>? Witness { get; }

    public override bool Holds(IFieldSource source)
    {
        foreach (var part in _parts)
        {
            if (part.Holds(source))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Must not hold.</summary>
internal sealed class Not : Condition
{
    private readonly Condition _part;

    public Not(Condition part) => _part = part;

    public override IReadOnlyList<string>? Witness => null;

    public override bool Holds(IFieldSource source) => !_part.Holds(source);
}

/// <summary>A field passes a test.</summary>
internal sealed class FieldCondition : Condition
{
    // what a format derives does not stand in the line as it is
    private static readonly HashSet<string> Derived = new(System.StringComparer.Ordinal) { "action", "direction", "protocol", "url", "duration-seconds", "node" };

    private const string Status = "sc-status";

    private readonly string _field;
    private readonly ValueTest _test;

    public FieldCondition(string field, ValueTest test)
    {
        _field = field;
        _test = test;
    }

    public override IReadOnlyList<string>? Witness => Derived.Contains(_field) ? null : _field == Status ? AfterBlank(_test) : _test.Witness;

    public override bool Holds(IFieldSource source) => _test.Passes(source.Field(_field), source);

    // an access log has the status after a blank, or right after the quote of the request; so its three digits are not those of an address
    private static IReadOnlyList<string>? AfterBlank(ValueTest test) => test is TextTest { IsWhole: true }
        ? test.Witness?.SelectMany(w => new[] { " " + w, "\"" + w }).ToArray()
        : test.Witness;
}

/// <summary>The whole line passes a test: Sigma's keyword search.</summary>
internal sealed class LineCondition : Condition
{
    private readonly ValueTest _test;

    public LineCondition(ValueTest test) => _test = test;

    public override IReadOnlyList<string>? Witness => _test.Witness;

    public override bool Holds(IFieldSource source) => _test.Passes(source.Raw, source);
}
