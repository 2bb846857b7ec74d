namespace CitrixOps.SampleCases.Ordinary;

/// <summary>How the lines of ns.log begin.</summary>
public enum NsLogForm
{
    /// <summary>Month first, GMT, with the node's name.</summary>
    Ordinary,

    /// <summary>Day first.</summary>
    DayFirst,

    /// <summary>Year first, in local time: no zone is stated.</summary>
    YearFirstLocalTime,

    /// <summary>Without the node's name.</summary>
    NoHost,

    /// <summary>Release 10: no partition, no second number.</summary>
    Version10,
}
