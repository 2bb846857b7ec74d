using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Hunting;

/// <summary>Takes a line that a relay joined of several records apart, for an observer that follows records one by one. All have the time of the line.</summary>
internal sealed class JoinedRecords
{
    private readonly Take _take;
    private readonly LogRecord _piece = new();

    /// <param name="take">Takes one record.</param>
    public JoinedRecords(Take take) => _take = take;

    /// <summary>Takes one record.</summary>
    public delegate void Take(LogRecord record, in LineContext context);

    /// <summary>What stands in a line that may hold several records.</summary>
    public static System.ReadOnlySpan<byte> Separator => "#012"u8;

    /// <summary>The records of a line, one after the other.</summary>
    public void Each(LogRecord record, in LineContext context)
    {
        var pieces = JoinedLines.Of(record.Raw);
        if (pieces.Count == 0)
        {
            _take(record, context);
            return;
        }

        foreach (var piece in pieces)
        {
            _piece.Reset(record.LogType, piece);
            LogFormats.ByType(record.LogType)!.Parse(_piece);
            _take(_piece, context);
        }
    }
}
