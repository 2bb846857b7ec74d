using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>Writes an ordinary ns.log by seed: connections, requests and handshakes of sessions, with running numbers.</summary>
internal sealed class NsLogWriter(int seed, DateTime start)
{
    private static readonly string[] Users = ["j.devries", "m.bakker", "a.yilmaz", "s.jansen", "p.vandijk", "raadsgriffie", "t.el-amrani"];
    private readonly Random _random = new(seed);
    private DateTime _time = start;
    private int _number = 100_000;

    /// <summary>Writes a piece of the log.</summary>
    public void Write(Stream output, long bytes)
    {
        var lines = new LineBuffer(output);
        var head = "";
        while (lines.Written < bytes)
        {
            var seconds = _random.Next(5) / 4;
            if (seconds > 0 || head.Length == 0)
            {
                _time = _time.AddSeconds(seconds);
                head = _time.ToString("MMM ", CultureInfo.InvariantCulture) + _time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + _time.ToString(" HH:mm:ss", CultureInfo.InvariantCulture)
                    + " <local0.info> 192.0.2.10  " + _time.AddHours(-1).ToString("MM/dd/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " GMT gw-raadhuis 0-PPE-0 : default ";
            }

            lines.Add(Encoding.ASCII.GetBytes(head + Event()));
        }

        lines.Flush();
    }

    private string Event()
    {
        var client = _random.Next(5000);
        var user = FormattableString.Invariant($"{Users[client % Users.Length]}{client}");
        var from = FormattableString.Invariant($"198.18.{client >> 8}.{client & 255}");
        var context = FormattableString.Invariant($"Context {user}@{from} - SessionId: {20_000 + client} - User {user} - Client_ip {from}");
        var number = _number++;
        var port = _random.Next(20_000, 60_000);
        return _random.Next(8) switch
        {
            0 or 1 or 2 => FormattableString.Invariant($"SSLVPN TCPCONNSTAT {number} 0 :  {context} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Source {from}:{port} - Destination 10.1.1.{client % 40}:443 - Total_bytes_send {_random.Next(99_999)} - Total_bytes_recv {_random.Next(999_999)} - Access Allowed - Group(s) \"N/A\"\n"),
            3 or 4 or 5 => FormattableString.Invariant($"SSLLOG SSL_HANDSHAKE_SUCCESS {number} 0 :  SPCBId {port} - ClientIP {from} - ClientPort {port} - VserverServiceIP 203.0.113.10 - VserverServicePort 443 - ClientVersion TLSv1.2 - CipherSuite \"ECDHE-RSA-AES256-GCM-SHA384 TLSv1.2 Non-Export 256-bit\" - Session New\n"),
            6 => FormattableString.Invariant($"TCP CONN_TERMINATE {number} 0 :  Source {from}:{port} - Destination 203.0.113.10:443 - Start Time {_time:MM/dd/yyyy:HH:mm:ss} GMT - End Time {_time:MM/dd/yyyy:HH:mm:ss} GMT - Total_bytes_send {_random.Next(9999)} - Total_bytes_recv {_random.Next(9999)}\n"),
            _ => FormattableString.Invariant($"EVENT MONITORUP {number} 0 :  Server_svc_cfg_NSSVC_HTTP_10.1.1.{client % 40}:443(web-{client % 40:00}) - State UP\n"),
        };
    }
}
