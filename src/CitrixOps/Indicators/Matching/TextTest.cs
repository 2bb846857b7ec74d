using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching;

/// <summary>Compares with a literal: anywhere, at the start, at the end, or the whole value.</summary>
internal sealed class TextTest : ValueTest
{
    private readonly string _literal;
    private readonly bool _cased;
    private readonly Place _place;

    public TextTest(string literal, Place place, bool cased)
    {
        _literal = cased ? literal : AsciiText.Lower(literal);
        _place = place;
        _cased = cased;
        Witness = _literal.Length > 0 ? new[] { AsciiText.Lower(literal) } : null;
    }

    internal enum Place
    {
        /// <summary>The whole value.</summary>
        Whole,

        /// <summary>Anywhere.</summary>
        Anywhere,

        /// <summary>At the start.</summary>
        Start,

        /// <summary>At the end.</summary>
        End,
    }

    public override IReadOnlyList<string>? Witness { get; }

    /// <summary>True when it compares with the whole value.</summary>
    public bool IsWhole => _place == Place.Whole;

    public override bool Passes(string? value, IFieldSource source) => value is not null && _place switch
    {
        Place.Whole => value.Length == _literal.Length && AsciiText.At(value, 0, _literal, _cased),
        Place.Anywhere => AsciiText.Contains(value, _literal, _cased),
        Place.Start => AsciiText.At(value, 0, _literal, _cased),
        _ => AsciiText.At(value, value.Length - _literal.Length, _literal, _cased),
    };
}
