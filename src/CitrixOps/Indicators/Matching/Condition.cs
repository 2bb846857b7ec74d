using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>A condition of a rule over the fields of a record.</summary>
internal abstract class Condition
{
    /// <summary>Whether the record fulfils it.</summary>
    public abstract bool Holds(IFieldSource source);

    /// <summary>
    /// Literals of which at least one stands in the raw line whenever the condition holds on the record as logged; null
    /// when no such set is known. What makes the prefilter sound.
    /// </summary>
    public abstract LiteralSet? Witness { get; }

    /// <summary>Sets of literals as <see cref="Witness"/> is one: of each of them one stands in the line. The best comes first.</summary>
    public virtual IReadOnlyList<LiteralSet> Witnesses => Witness is { } witness ? new[] { witness } : System.Array.Empty<LiteralSet>();
}

/// <summary>All must hold.</summary>
internal sealed class AllOf : Condition
{
    private const int MostWitnesses = 4;
    private readonly Condition[] _parts;

    public AllOf(IEnumerable<Condition> parts)
    {
        _parts = parts.ToArray();
        Witnesses = _parts.SelectMany(p => p.Witnesses).OrderBy(w => w.Cost).Take(MostWitnesses).ToArray();
    }

    public override LiteralSet? Witness => Witnesses.FirstOrDefault();

    public override IReadOnlyList<LiteralSet> Witnesses { get; }

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
        Witness = _parts.Length == 1 ? _parts[0].Witness
            : _parts.Length > 0 && _parts.All(p => p.Witness is not null) ? new LiteralSet(_parts.SelectMany(p => p.Witness!.Literals), _parts.All(p => p.Witness!.InRequest), _parts.All(p => p.Witness!.IsNumber)) : null;
    }

    public override LiteralSet? Witness { get; }

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

    public override LiteralSet? Witness => null;

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
        Witness = Derived.Contains(field) || test.Witness is not { } literals ? null : field switch
        {
            "cs-uri" or "cs-uri-stem" or "cs-uri-query" or "cs-method" or "cs-version" => new LiteralSet(literals, inRequest: true),

            // the status comes after a blank, or right after the quote of the request: its three digits are not those of an address
            "sc-status" when test is TextTest { IsWhole: true } => new LiteralSet(literals.SelectMany(l => new[] { " " + l, "\"" + l }), inRequest: false, isNumber: true),
            _ => new LiteralSet(literals, inRequest: false),
        };
    }

    public override LiteralSet? Witness { get; }

    public override bool Holds(IFieldSource source) => _test.Passes(source.Field(_field), source);
}

/// <summary>The whole line passes a test: Sigma's keyword search.</summary>
internal sealed class LineCondition : Condition
{
    private readonly ValueTest _test;

    public LineCondition(ValueTest test)
    {
        _test = test;
        Witness = test.Witness is { } literals ? new LiteralSet(literals, inRequest: false) : null;
    }

    public override LiteralSet? Witness { get; }

    public override bool Holds(IFieldSource source) => _test.Passes(source.Raw, source);
}
