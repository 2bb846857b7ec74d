using System;
using System.Globalization;
using System.Management.Automation;

namespace CitrixOps.PowerShell.Parameters;

/// <summary>
/// Turns dates and times into DateTimeOffset: local time where no offset is given, invariant notation. A bare date given as the
/// end of a window includes that day.
/// </summary>
public sealed class InstantAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Dates = { "yyyy-MM-dd", "yyyy-MM-ddK" };

    /// <summary>True for the end of a window.</summary>
    public bool IsEnd { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null => null,
            DateTimeOffset instant => instant,
            DateTime time => End(new DateTimeOffset(time), IsEnd && time.TimeOfDay == TimeSpan.Zero && time.Kind == DateTimeKind.Unspecified),
            string text => Parse(text),
            _ => throw new ArgumentTransformationMetadataException($"'{value}' is no date or time: give 2020-01-16, 2020-01-16T09:15 or 2020-01-16T09:15:00+01:00."),
        };
    }

    private static DateTimeOffset End(DateTimeOffset instant, bool wholeDay) => wholeDay ? instant.AddDays(1) : instant;

    private DateTimeOffset Parse(string text)
    {
        if (DateTimeOffset.TryParseExact(text.Trim(), Dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var day))
        {
            return End(day, IsEnd);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var instant)
            ? instant
            : throw new ArgumentTransformationMetadataException($"'{text}' is no date or time: give 2020-01-16, 2020-01-16T09:15 or 2020-01-16T09:15:00+01:00.");
    }
}
