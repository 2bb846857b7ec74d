using System;

namespace CitrixOps.SampleCases;

/// <summary>One log line and the moment it was written, local time of the appliance with its offset.</summary>
/// <param name="Time">When.</param>
/// <param name="Text">The line without its line end. May hold several lines (a child's raw output).</param>
public sealed record Line(DateTimeOffset Time, string Text);
