using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>nsvpn.log: the authentication daemon, with user name and virtual server of each attempt.</summary>
internal sealed class NsVpnLog : ILogFormat, IRepeatedStamp
{
    private const string User = "authenticate user :";
    private const string Vserver = "vsid :";
    private static readonly byte[] Marker = { (byte)'n', (byte)'s', (byte)'a', (byte)'a', (byte)'a', (byte)'d', (byte)'[' };

    public string LogType => LogTypes.NsVpn;

    public IReadOnlyList<string> Stems { get; } = new[] { "nsvpn.log" };

    // nobody logs on at night
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields.Concat(new[] { "user", "vsid" }).ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && line.IndexOf(Marker) > 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record)
    {
        var message = SyslogHead.Parse(record);
        var user = message.IndexOf(User, StringComparison.Ordinal);
        if (user < 0)
        {
            return;
        }

        // the name is the client's: it may hold commas and the words that follow it, so the last of them ends it
        user += User.Length;
        var vserver = message.LastIndexOf(", " + Vserver, StringComparison.Ordinal);
        record.Set("user", vserver >= user ? message.Substring(user, vserver - user) : message.Substring(user));
        if (vserver >= user)
        {
            var value = message.Substring(vserver + 2 + Vserver.Length).Trim();
            var comma = value.IndexOf(',');
            record.Set("vsid", comma < 0 ? value : value.Substring(0, comma));
        }
    }
}
