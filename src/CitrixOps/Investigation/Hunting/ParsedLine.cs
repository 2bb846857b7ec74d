using CitrixOps.Logs;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A line of which the record is there.</summary>
internal sealed class ParsedLine : ObservedLine
{
    private LogRecord _record = new();
    private LineContext _context;

    public override LogRecord Record => _record;

    public override LineContext Context => _context;

    /// <summary>Another line.</summary>
    public ParsedLine Of(LogRecord record, in LineContext context)
    {
        (_record, _context) = (record, context);
        return this;
    }
}
