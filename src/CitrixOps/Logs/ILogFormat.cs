using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs;

/// <summary>One kind of log: how its files are called, how its lines are recognised, and which fields rules find in them.</summary>
public interface ILogFormat
{
    /// <summary>The log type (<see cref="LogTypes"/>), also Sigma's <c>logsource.service</c>.</summary>
    string LogType { get; }

    /// <summary>Names of the live files, without rotation.</summary>
    IReadOnlyList<string> Stems { get; }

    /// <summary>The longest silence that is ordinary for this log; null when silence means nothing.</summary>
    TimeSpan? OrdinarySilence { get; }

    /// <summary>The fields <see cref="Parse"/> can set.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>Tells whether a line looks like this format, for files whose name does not tell.</summary>
    /// <param name="line">A line.</param>
    bool Recognizes(ReadOnlySpan<byte> line);

    /// <summary>Reads the time of a line, without allocation.</summary>
    /// <param name="line">A line.</param>
    /// <param name="stamp">The time as written.</param>
    bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp);

    /// <summary>Sets the fields of <see cref="LogRecord.Raw"/>. What cannot be read stays absent; nothing is ever refused.</summary>
    /// <param name="record">The record.</param>
    void Parse(LogRecord record);
}
