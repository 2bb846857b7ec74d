using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>A value with Sigma's wildcards: <c>*</c> is any text, <c>?</c> any one character. Linear in the length of the value for each star.</summary>
internal sealed class WildcardTest : ValueTest
{
    /// <summary>Any text.</summary>
    public const char Star = '\uE000';

    /// <summary>Any one character.</summary>
    public const char One = '\uE001';

    private readonly string _pattern;
    private readonly bool _cased;

    /// <param name="pattern">The pattern, its wildcards replaced by <see cref="Star"/> and <see cref="One"/>.</param>
    /// <param name="cased">Whether case counts.</param>
    public WildcardTest(string pattern, bool cased)
    {
        _pattern = cased ? pattern : AsciiText.Lower(pattern);
        _cased = cased;
        var longest = AsciiText.Lower(pattern).Split(Star, One).OrderByDescending(p => p.Length).First();
        Witness = longest.Length > 0 ? new[] { longest } : null;
    }

    public override IReadOnlyList<string>? Witness { get; }

    public override bool Passes(string? value, IFieldSource source)
    {
        if (value is null)
        {
            return false;
        }

        int v = 0, p = 0, star = -1, resume = 0;
        while (v < value.Length)
        {
            if (p < _pattern.Length && _pattern[p] == Star)
            {
                star = p++;
                resume = v;
            }
            else if (p < _pattern.Length && (_pattern[p] == One || _pattern[p] == (_cased ? value[v] : AsciiText.Lower(value[v]))))
            {
                p++;
                v++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                v = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < _pattern.Length && _pattern[p] == Star)
        {
            p++;
        }

        return p == _pattern.Length;
    }
}
