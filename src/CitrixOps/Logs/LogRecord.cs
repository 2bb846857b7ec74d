using System;
using System.Collections.Generic;

namespace CitrixOps.Logs;

/// <summary>
/// A log line as rules see it: the raw text and named fields. Text is Latin-1 (one character per byte), so nothing is lost on
/// lines that are not valid UTF-8; decode for display only. One instance is reused from line to line.
/// </summary>
public sealed class LogRecord
{
    // beyond so many fields they are looked up by hash: a hostile line may have thousands
    private const int Few = 24;

    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private Field[] _fields = new Field[16];
    private int _count;

    /// <summary>The log type (<see cref="LogTypes"/>), which is also the Sigma <c>logsource.service</c>.</summary>
    public string LogType { get; private set; } = "";

    /// <summary>The whole line without its line end, one character per byte.</summary>
    public string Raw { get; private set; } = "";

    /// <summary>The fields that are present. A field the log writes as <c>-</c> is absent.</summary>
    public IReadOnlyDictionary<string, string> Fields
    {
        get
        {
            var fields = new Dictionary<string, string>(_count, StringComparer.Ordinal);
            for (var i = 0; i < _count; i++)
            {
                if (Value(i) is { } value)
                {
                    fields[_fields[i].Name] = value;
                }
            }

            return fields;
        }
    }

    /// <summary>A field's value, or null when it is absent.</summary>
    /// <param name="field">The field's name, case-sensitive as documented for the log type.</param>
    public string? this[string field] => Find(field) is var at and >= 0 ? Value(at) : null;

    /// <summary>Starts a new line.</summary>
    /// <param name="logType">The log type.</param>
    /// <param name="raw">The line, one character per byte.</param>
    public void Reset(string logType, string raw)
    {
        LogType = logType;
        Raw = raw;
        Array.Clear(_fields, 0, _count);
        if (_count > Few)
        {
            _index.Clear();
        }

        // an unusual line does not keep its memory for ever
        _fields = _fields.Length > 4096 ? new Field[16] : _fields;
        _count = 0;
    }

    /// <summary>A copy that stays as it is.</summary>
    internal LogRecord Copy()
    {
        var copy = new LogRecord();
        copy.Reset(LogType, Raw);
        for (var i = 0; i < _count; i++)
        {
            copy.Set(_fields[i].Name, Value(i));
        }

        return copy;
    }

    /// <summary>Sets a field; null leaves it absent.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="value">The value as logged.</param>
    public void Set(string field, string? value)
    {
        if (value is not null || Find(field) >= 0)
        {
            Place(field) = new Field { Name = field, Text = value, Start = Field.Elsewhere };
        }
    }

    /// <summary>Sets a field to a part of the line, which becomes a text of its own only when somebody asks for it.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="start">Where the value begins in the line.</param>
    /// <param name="length">How long it is.</param>
    internal void Set(string field, int start, int length) => Place(field) = new Field { Name = field, Start = start, Length = length };

    /// <summary>A field's value without making a text of it; empty when it is absent.</summary>
    /// <param name="field">The field's name.</param>
    internal ReadOnlySpan<char> Characters(string field) => Find(field) is var at && at < 0 ? default
        : _fields[at].Start >= 0 ? Raw.AsSpan(_fields[at].Start, _fields[at].Length)
        : _fields[at].Text.AsSpan();

    private string? Value(int at)
    {
        ref var field = ref _fields[at];
        return field.Text ?? (field.Start < 0 ? null : field.Text = Raw.Substring(field.Start, field.Length));
    }

    private int Find(string name)
    {
        if (_count > Few)
        {
            return _index.TryGetValue(name, out var at) ? at : -1;
        }

        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_fields[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private ref Field Place(string name)
    {
        if (Find(name) is var known and >= 0)
        {
            return ref _fields[known];
        }

        if (_count == _fields.Length)
        {
            Array.Resize(ref _fields, _count * 2);
        }

        if (_count == Few)
        {
            for (var i = 0; i < _count; i++)
            {
                _index[_fields[i].Name] = i;
            }
        }

        if (_count >= Few)
        {
            _index[name] = _count;
        }

        return ref _fields[_count++];
    }

    // a text, a part of the line, or neither: taken away again
    private struct Field
    {
        public const int Elsewhere = -1;

        public string Name;
        public string? Text;
        public int Start;
        public int Length;
    }
}
