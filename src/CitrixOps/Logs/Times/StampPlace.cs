using System;

namespace CitrixOps.Logs.Times;

/// <summary>
/// Tells for a format which bytes of a line decide its time. Lines whose bytes there are the same but for the seconds have the same
/// time but for the seconds, and need not be read in full.
/// </summary>
internal abstract class StampPlace
{
    /// <summary>Where the window begins in a line; -1 when it has none.</summary>
    public abstract int Start(ReadOnlySpan<byte> line);

    /// <summary>Describes the window of a line whose stamp was read in full.</summary>
    /// <returns>False when more than the window decides: such a line is always read in full.</returns>
    public abstract bool TryDescribe(ReadOnlySpan<byte> line, in LogStamp stamp, out StampWindow window);

    /// <summary>Whether something behind the window of another line decides its time after all.</summary>
    public virtual bool Disturbed(ReadOnlySpan<byte> line, in StampWindow window) => false;
}
