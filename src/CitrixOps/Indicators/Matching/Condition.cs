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
}

/// <summary>All must hold.</summary>
internal sealed class AllOf : Condition
{
    private readonly Condition[] _parts;

    public AllOf(IEnumerable<Condition> parts)
    {
        _parts = parts.ToArray();
        Witness = _parts.Select(p => p.Witness).Where(w => w is not null).OrderByDescending(w => WitnessScore.Of(w!)).FirstOrDefault();
    }

    public override IReadOnlyList<string>? Witness { get; }

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

    private readonly string _field;
    private readonly ValueTest _test;

    public FieldCondition(string field, ValueTest test)
    {
        _field = field;
        _test = test;
    }

    public override IReadOnlyList<string>? Witness => Derived.Contains(_field) ? null : _test.Witness;

    public override bool Holds(IFieldSource source) => _test.Passes(source.Field(_field), source);
}

/// <summary>The whole line passes a test: Sigma's keyword search.</summary>
internal sealed class LineCondition : Condition
{
    private readonly ValueTest _test;

    public LineCondition(ValueTest test) => _test = test;

    public override IReadOnlyList<string>? Witness => _test.Witness;

    public override bool Holds(IFieldSource source) => _test.Passes(source.Raw, source);
}
