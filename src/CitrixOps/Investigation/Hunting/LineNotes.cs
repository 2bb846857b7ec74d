using System;

namespace CitrixOps.Investigation.Hunting;

/// <summary>
/// What one observer notes of the lines of a block, small and without texts, so that it need not parse them into records. Filled by the
/// thread that scans the block; handed over to the observer in the order of the lines, on the thread that runs the search.
/// </summary>
internal abstract class LineNotes
{
    /// <summary>Forgets everything.</summary>
    public abstract void Clear();

    /// <summary>Looks at a line with a time.</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="heads">Reads its head, once for all observers.</param>
    /// <returns>False when its observer must be given a record of it.</returns>
    public abstract bool TryNote(ReadOnlySpan<byte> line, in NotedPlace place, LineHeads heads);

    /// <summary>Tells the observer what was noted and not told yet, up to a line.</summary>
    /// <param name="end">The lines before it in the block; the greatest number for all.</param>
    /// <param name="lines">Gives a noted line as a record.</param>
    public abstract void HandOver(int end, NotedLine lines);
}
