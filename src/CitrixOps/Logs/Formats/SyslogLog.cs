using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>A plain syslog file of the appliance: messages, notice.log. Shell commands copied into it are taken apart too.</summary>
internal sealed class SyslogLog : ILogFormat, IRepeatedStamp
{
    /// <summary>A log without an ordinary rhythm: it is written when something happens, silence means nothing.</summary>
    public SyslogLog(string logType, string stem)
    {
        LogType = logType;
        Stems = new[] { stem };
    }

    public string LogType { get; }

    public IReadOnlyList<string> Stems { get; }

    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields.Concat(ShellCommand.Fields).ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _);

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record) => ShellCommand.Parse(record, SyslogHead.Parse(record));
}
