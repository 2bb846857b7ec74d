using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Hosts;

/// <summary>
/// Passes when a text holds one of many addresses or host names as a whole: 192.0.2.1 does not stand in 192.0.2.17, and example.org does
/// not stand in example.organic. A name is found below a longer one (c2.example.org). One pass, whatever their number.
/// </summary>
internal sealed class AddressSetTest : ValueTest
{
    private readonly HashSet<string> _values;
    private readonly string[] _networks;

    /// <summary>Makes the test.</summary>
    /// <param name="values">Addresses and names.</param>
    /// <param name="networks">IPv4 networks that end at a whole byte, as prefixes (<c>192.0.2.</c>).</param>
    public AddressSetTest(IEnumerable<string> values, IEnumerable<string> networks)
    {
        _values = new HashSet<string>(values.Select(AsciiText.Lower), StringComparer.Ordinal);
        _networks = networks.ToArray();
        Witness = _values.Concat(_networks).ToArray();
    }

    public override IReadOnlyList<string>? Witness { get; }

    public override bool Passes(string? value, IFieldSource source)
    {
        if (value is null)
        {
            return false;
        }

        for (var start = 0; start < value.Length; start++)
        {
            if (!IsPart(value[start]))
            {
                continue;
            }

            var end = start;
            while (end < value.Length && IsPart(value[end]))
            {
                end++;
            }

            if (Known(AsciiText.Lower(value.Substring(start, end - start).Trim('.', '-'))))
            {
                return true;
            }

            start = end;
        }

        return false;
    }

    private bool Known(string word)
    {
        if (_networks.Any(n => word.StartsWith(n, StringComparison.Ordinal)))
        {
            return true;
        }

        // the word itself, then what follows each dot
        for (var at = 0; at >= 0 && at < word.Length; at = word.IndexOf('.', at) + 1)
        {
            if (_values.Contains(at == 0 ? word : word.Substring(at)))
            {
                return true;
            }

            if (word.IndexOf('.', at) < 0)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsPart(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '.' or '-';
}
