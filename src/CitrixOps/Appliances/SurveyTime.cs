using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Appliances;

/// <summary>Reads the output of <c>date</c>: <c>Fri Jan 24 09:15:00 CET 2020</c>. Only zones whose abbreviation is unambiguous count.</summary>
internal static class SurveyTime
{
    private static readonly Dictionary<string, int> Hours = new(StringComparer.Ordinal)
    {
        ["UTC"] = 0, ["GMT"] = 0, ["WET"] = 0, ["WEST"] = 1, ["CET"] = 1, ["CEST"] = 2, ["EET"] = 2, ["EEST"] = 3, ["EDT"] = -4, ["CDT"] = -5, ["PST"] = -8, ["PDT"] = -7, ["JST"] = 9,
    };

    /// <summary>The time in UTC, or null.</summary>
    public static DateTimeOffset? Of(string? text)
    {
        var words = (text ?? "").Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 6 && Hours.TryGetValue(words[4], out var hours)
            && DateTime.TryParseExact($"{words[1]} {words[2]} {words[5]} {words[3]}", "MMM d yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, TimeSpan.FromHours(hours)).ToUniversalTime()
            : null;
    }
}
