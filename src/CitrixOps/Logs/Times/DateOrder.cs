namespace CitrixOps.Logs.Times;

/// <summary>What a line tells about the order of day and month in numeric dates. The order is one setting of an appliance.</summary>
public enum DateOrder
{
    /// <summary>The date is written so that there is nothing to tell, or something else in the line told.</summary>
    Settled,

    /// <summary>Month first for certain: the second number is above 12.</summary>
    MonthFirst,

    /// <summary>Day first for certain: the first number is above 12.</summary>
    DayFirst,

    /// <summary>Either; read as month first. Other lines of the file tell.</summary>
    Either,
}
