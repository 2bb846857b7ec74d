using System;

namespace CitrixOps.Investigation.Coverage;

/// <summary>Durations for people.</summary>
internal static class Words
{
    /// <summary>Days and hours, or hours and minutes.</summary>
    public static string Of(TimeSpan duration) => duration.TotalDays >= 1
        ? FormattableString.Invariant($"{(int)duration.TotalDays} d {duration.Hours} h")
        : FormattableString.Invariant($"{duration.Hours} h {duration.Minutes} min");
}
