using System;
using System.Collections.Generic;

namespace CitrixOps.Logs;

/// <summary>
/// A log line as rules see it: the raw text and named fields. Text is Latin-1 (one character per byte), so nothing is lost on
/// lines that are not valid UTF-8; decode for display only. One instance is reused from line to line.
/// </summary>
public sealed class LogRecord
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);

    /// <summary>The log type (<see cref="LogTypes"/>), which is also the Sigma <c>logsource.service</c>.</summary>
    public string LogType { get; private set; } = "";

    /// <summary>The whole line without its line end, one character per byte.</summary>
    public string Raw { get; private set; } = "";

    /// <summary>The fields that are present. A field the log writes as <c>-</c> is absent.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>A field's value, or null when it is absent.</summary>
    /// <param name="field">The field's name, case-sensitive as documented for the log type.</param>
    public string? this[string field] => _fields.TryGetValue(field, out var value) ? value : null;

    /// <summary>Starts a new line.</summary>
    /// <param name="logType">The log type.</param>
    /// <param name="raw">The line, one character per byte.</param>
    public void Reset(string logType, string raw)
    {
        LogType = logType;
        Raw = raw;
        _fields.Clear();
    }

    /// <summary>A copy that stays as it is.</summary>
    internal LogRecord Copy()
    {
        var copy = new LogRecord { LogType = LogType, Raw = Raw };
        foreach (var field in _fields)
        {
            copy._fields[field.Key] = field.Value;
        }

        return copy;
    }

    /// <summary>Sets a field; null leaves it absent.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value as logged.</param>
    public void Set(string field, string? value)
    {
        if (value is null)
        {
            _fields.Remove(field);
        }
        else
        {
            _fields[field] = value;
        }
    }
}
