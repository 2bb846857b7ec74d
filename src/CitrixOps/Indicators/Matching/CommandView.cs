using System;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Matching;

/// <summary>A record of a log of commands with its command as the shell understands it.</summary>
internal sealed class CommandView : IFieldSource
{
    private readonly ShellText _text = new();
    private LogRecord _record = new();

    /// <inheritdoc/>
    public string Raw { get; private set; } = "";

    /// <summary>Whether a line's form differs from the line, and what it is; valid until the next call.</summary>
    public bool TryPlain(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> plain) => _text.TryPlain(line, out plain);

    /// <summary>The view of a record; null when it is the record as logged. Valid until the next call.</summary>
    public IFieldSource? Of(LogRecord record)
    {
        if (_text.Plain(record.Raw) is not { } raw)
        {
            return null;
        }

        _record = record;
        Raw = raw;
        return this;
    }

    /// <inheritdoc/>
    public string? Field(string name) => _record[name] is not { } value ? null : name is "command" or "message" ? _text.Plain(value) ?? value : value;
}
