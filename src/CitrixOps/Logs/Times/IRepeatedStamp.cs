namespace CitrixOps.Logs.Times;

/// <summary>A log format whose times can be compared with those of the line before.</summary>
internal interface IRepeatedStamp
{
    /// <summary>Where the bytes stand that decide.</summary>
    StampPlace Place { get; }
}
