using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>auth.log: logons over SSH, su and sudo.</summary>
internal sealed class AuthLog : ILogFormat, IRepeatedStamp
{
    private static readonly byte[] Marker = { (byte)'s', (byte)'s', (byte)'h', (byte)'d', (byte)'[' };

    public string LogType => LogTypes.Auth;

    public IReadOnlyList<string> Stems { get; } = new[] { "auth.log" };

    // nobody has to log on for weeks
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields.Concat(new[] { "action", "method", "user", "c-ip", "c-port" }).ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && line.IndexOf(Marker) > 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record)
    {
        var message = SyslogHead.Parse(record);
        if (message.StartsWith("Accepted ", StringComparison.Ordinal) || message.StartsWith("Failed ", StringComparison.Ordinal))
        {
            // Accepted keyboard-interactive/pam for nsroot from 10.1.1.5 port 50114 ssh2
            var words = message.Split(' ');
            record.Set("action", words[0] == "Accepted" ? "accepted" : "failed");
            record.Set("method", words.Length > 1 ? words[1] : null);
            var name = message.IndexOf(" for ", StringComparison.Ordinal);
            From(record, message, name < 0 ? -1 : name + (string.CompareOrdinal(message, name, " for invalid user ", 0, 18) == 0 ? 18 : 5));
        }
        else if (message.StartsWith("Invalid user ", StringComparison.Ordinal))
        {
            record.Set("action", "failed");
            From(record, message, 13);
        }
    }

    // the name is the client's and may hold " from ": the last one counts
    private static void From(LogRecord record, string message, int name)
    {
        var from = message.LastIndexOf(" from ", StringComparison.Ordinal);
        if (name < 0 || from < name - 1)
        {
            return;
        }

        record.Set("user", from <= name ? "" : message.Substring(name, from - name));
        var words = message.Substring(from + 6).Split(' ');
        record.Set("c-ip", words[0]);
        record.Set("c-port", words.Length > 2 && words[1] == "port" ? words[2] : null);
    }
}
