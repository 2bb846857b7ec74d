using CitrixOps.Logs;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A line that an observer learns of. Its record and its context may be made only when they are asked for.</summary>
internal abstract class ObservedLine
{
    /// <summary>The record, parsed; valid until the next line.</summary>
    public abstract LogRecord Record { get; }

    /// <summary>Where it stands and when it was written.</summary>
    public abstract LineContext Context { get; }

    /// <summary>Something to point to.</summary>
    public Evidence Evidence() => new(Record, Context);
}
