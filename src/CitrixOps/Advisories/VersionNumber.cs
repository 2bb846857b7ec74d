using System;
using System.Collections.Generic;

namespace CitrixOps.Advisories;

/// <summary>A whole number in a text, and where it stands.</summary>
internal readonly struct VersionNumber
{
    private VersionNumber(int start, int end, int value)
    {
        Start = start;
        End = end;
        Value = value;
    }

    public int Start { get; }

    public int End { get; }

    public int Value { get; }

    /// <summary>The numbers of a text in order; a number too large for an integer is the largest integer.</summary>
    public static List<VersionNumber> In(string text)
    {
        var numbers = new List<VersionNumber>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
            {
                continue;
            }

            var start = i;
            var value = 0L;
            for (; i < text.Length && text[i] is >= '0' and <= '9'; i++)
            {
                value = Math.Min((value * 10) + (text[i] - '0'), int.MaxValue);
            }

            numbers.Add(new VersionNumber(start, i, (int)value));
        }

        return numbers;
    }
}
