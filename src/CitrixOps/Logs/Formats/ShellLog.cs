using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>bash.log and sh.log: each shell command and its return code.</summary>
internal sealed class ShellLog : ILogFormat, IRepeatedStamp
{
    private static readonly byte[] Command = { (byte)'s', (byte)'h', (byte)'e', (byte)'l', (byte)'l', (byte)'_', (byte)'c', (byte)'o', (byte)'m', (byte)'m', (byte)'a', (byte)'n', (byte)'d', (byte)'=' };
    private static readonly byte[] Code = { (byte)'r', (byte)'e', (byte)'t', (byte)'u', (byte)'r', (byte)'n', (byte)'_', (byte)'c', (byte)'o', (byte)'d', (byte)'e', (byte)'=' };

    public string LogType => LogTypes.Shell;

    public IReadOnlyList<string> Stems { get; } = new[] { "bash.log", "sh.log" };

    // nobody has to use a shell for weeks
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields.Concat(ShellCommand.Fields).ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && (line.IndexOf(Command) > 0 || line.IndexOf(Code) > 0);

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record)
    {
        var message = SyslogHead.Parse(record);
        ShellCommand.Parse(record, message);

        // the further lines of a command that spans several have no head of their own
        if (record["host"] is null && record["command"] is null && record["return_code"] is null)
        {
            record.Set("command", message);
        }
    }
}
