namespace CitrixOps.Logs.Times;

/// <summary>The bytes of a line that decide its time, and where among them the digits stand that differ within one minute.</summary>
internal struct StampWindow
{
    /// <summary>How many bytes it has.</summary>
    public int Length;

    /// <summary>Where in it the two digits of the seconds stand.</summary>
    public int Seconds;

    /// <summary>Where the seconds of a second stamp stand that decide nothing; -1 for none.</summary>
    public int OtherSeconds;

    /// <summary>Where digits of a fraction stand.</summary>
    public int Fraction;

    /// <summary>How many digits the fraction has; 0 for none.</summary>
    public int FractionLength;
}
