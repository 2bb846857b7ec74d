using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// The byte sequences without which a request's normalised views equal the request: a line that has none of them and none of the
/// rules' literals cannot match on any view.
/// </summary>
internal static class EncodedForms
{
    private const string Unreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    /// <summary>The sequences, for the prefilter.</summary>
    public static IEnumerable<string> Literals => (Unreserved + "/\\%").Select(c => FormattableString.Invariant($"%{(int)c:x2}"))
        .Concat(new[] { "%c0", "%c1", "%e0%80", "%e0%81", "%f0%80", "%u", "//", "/.", "\\", ";" });

    /// <summary>True for literals that ordinary lines hold too: a rule that rests on one alone must look at every line.</summary>
    public static bool MayBeOrdinary(string literal) => literal is "//" or ";";

    /// <summary>True when the literal ending at a position is a false alarm that every ordinary line has.</summary>
    /// <param name="line">The line.</param>
    /// <param name="end">The position after the literal.</param>
    /// <param name="literal">The literal.</param>
    public static bool IsOrdinary(ReadOnlySpan<byte> line, int end, string literal) => literal switch
    {
        // https://, as in every referer; an absolute request has its own slash path behind it
        "//" => end >= 3 && line[end - 3] == ':',

        // (Windows NT 10.0; Win64; x64)
        ";" => end < line.Length && line[end] == ' ',
        _ => false,
    };
}
