namespace CitrixOps.Indicators.Matching;

/// <summary>Where conditions look values up: a record, or a normalised view of it.</summary>
internal interface IFieldSource
{
    /// <summary>The whole line.</summary>
    string Raw { get; }

    /// <summary>A field's value, or null when absent.</summary>
    string? Field(string name);
}
