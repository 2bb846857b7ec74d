using System;
using System.Globalization;
using System.Text;

namespace CitrixOps.Tests.Investigation.Scanning;

/// <summary>
/// ns.log of sessions by seed, written in every way: keys under all their names, twice, quoted, out of order; addresses of both families
/// and of none; requests, names with anything in them; numbers that mostly follow one another.
/// </summary>
internal static class OddSessionLogs
{
    private static readonly string[] Events = ["TCPCONNSTAT", "TCPCONNSTAT", "TCPCONNSTAT", "UDPFLOWSTAT", "HTTPREQUEST", "HTTPREQUEST", "LOGIN", "LOGOUT", "Message", "LOGIN_FAILED", "ICASTART", "REMOVE_SESSION"];
    private static readonly string[] Modules = ["SSLVPN", "SSLVPN", "SSLVPN", "AAA", "AAATM", "ICA", "SSLLOG", "APPFW"];
    private static readonly string[] Odd = ["Context x@192.0.2.7", "context-user y", "context-ip 192.0.2.9", "User \"a - b\"", "username z", "username:domainname k:CORP", "Source", "Source 198.51.100.9", "SessionId", "- ", " -", "\"", "Client_ip \"\"", "id=<x>, binding=<y>", "\u00a0", "\u00e9", "CEF:0|a|b", "Start Time 1", "a --> b", "Sessionid: 7:", "%70itboss PPE", "Authentication is rejected for x"];

    /// <summary>A log.</summary>
    public static byte[] Of(int lines, Random random)
    {
        var text = new StringBuilder();
        var time = new DateTime(2020, 2, 1).AddMinutes(random.Next(100_000));
        int[] numbers = [random.Next(1000), random.Next(1000)];
        var style = random.Next(3);
        for (var i = 0; i < lines; i++)
        {
            time = time.AddSeconds(random.Next(40));
            var engine = random.Next(2);
            numbers[engine] += random.Next(150) == 0 ? random.Next(2, 30) : 1;
            var body = Modules[random.Next(Modules.Length)] + " " + Events[random.Next(Events.Length)];
            var head = F($"{time:MMM} {time.Day,2} {time:HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT gw {engine}-PPE-0");
            var middle = random.Next(40) switch
            {
                0 => F($"{body}"),
                1 => F($"{numbers[engine]} 0"),
                2 => F($"{body} {numbers[engine]}9999999999999999999 0"),
                3 => F($"a b {body} {numbers[engine]} 0"),
                4 => "",
                _ => F($"{(style == 0 ? "" : "default ")}{body} {numbers[engine]} 0"),
            };
            text.Append(head).Append(random.Next(50) == 0 ? " :" : " : ").Append(middle).Append(random.Next(50) == 0 ? " :" : " :  ").Append(Message(random)).Append(random.Next(30) == 0 ? "\r\n" : "\n");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static string Message(Random random)
    {
        var client = random.Next(12);
        var user = Name("user" + (client + random.Next(2)), random);
        var from = Address(client, random);
        if (random.Next(6) == 0)
        {
            return F($"Context {user}@{from} - SessionId: {client + 20} - gw.example User {user} : Group(s) N/A : Vserver 203.0.113.10:443 - {random.Next(99)} : SSO is ON : GET /a?b={random.Next(9)} - -{Extra(random)}");
        }

        if (random.Next(6) == 0)
        {
            return F($"session_guid x{Extra(random)} - username:domainname {user}:CORP - client_ip {from} - Source {Endpoint(Other(client, random), random)} - Destination 10.0.0.1:1494");
        }

        var context = random.Next(5) == 0 ? "" : F($"Context {user}@{from} - ");
        var session = random.Next(8) == 0 ? "" : F($"{Of(random, "SessionId:", "SessionId", "Sessionid", "SessionID", "Session_id")} {client + 20} - ");
        var who = random.Next(8) == 0 ? "" : F($"{Of(random, "User", "User", "Username")} {user} - ");
        var ip = random.Next(8) == 0 ? "" : F($"{Of(random, "Client_ip", "Client_ip", "ClientIP", "ClientIp")} {(random.Next(10) == 0 ? Address(client + 1, random) : from)} - ");
        return F($"{context}{session}{who}{ip}Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443{Extra(random)} - Source {Endpoint(Other(client, random), random)} - Destination 10.1.1.1:443 - Duration 00:00:0{random.Next(9)}  - Browser_type \"{Of(random, "Mozilla/5.0", "python-requests")}\" - Group(s) \"N/A\"");
    }

    private static string Extra(Random random) => random.Next(4) > 0 ? "" : " - " + Odd[random.Next(Odd.Length)] + (random.Next(3) == 0 ? " - " + Odd[random.Next(Odd.Length)] : "");

    private static int Other(int client, Random random) => random.Next(6) == 0 ? client + random.Next(1, 4) : client;

    private static string Name(string name, Random random) => random.Next(12) switch { 0 => name.ToUpperInvariant(), 1 => name + "@example.org", 2 => "\"" + name + "\"", 3 => name + "\u00e9", 4 => "", _ => name };

    private static string Address(int client, Random random) => (client % 12) switch
    {
        0 => "2001:db8:0:1::" + (client + 1),
        1 => random.Next(2) == 0 ? "2001:db8:0:2::a" : "2001:DB8:0:2:0:0:0:A",
        2 => "10.7.7.7",
        3 => random.Next(3) switch { 0 => "198.51.100.077", 1 => "198.51.100.77 ", _ => "198.51.100.77" },
        4 => Of(random, "not-an-address", "1.2.3", "1.2.3.4.5", "256.1.1.1", ".1.2.3", "1..2.3", "0.0.0.0", "192.0.2.300"),
        _ => F($"{20 + client}.{client}.{client + 1}.{client + 2}"),
    };

    private static string Endpoint(int client, Random random)
    {
        var address = Address(client, random);
        return random.Next(12) switch { 0 => address, 1 => "[" + address + "]:443", 2 => address + ":", 3 => "[" + address, 4 => "]" + address + ":1", _ => address + ":" + random.Next(1, 60000).ToString(CultureInfo.InvariantCulture) };
    }

    private static string Of(Random random, params string[] words) => words[random.Next(words.Length)];

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
