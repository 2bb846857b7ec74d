using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>
/// A million lines of ns.log of a third as many sessions, in order of time and by seed: a login, traffic and a logout each, one in fifty
/// moved on. What is followed over a log must not grow with it.
/// </summary>
internal static class SessionsCommand
{
    private static readonly DateTimeOffset Start = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    public static int Run(Arguments arguments)
    {
        var lines = arguments.Number("lines", 1_000_000);
        var most = arguments.Size("most", 1L << 30);
        var folder = arguments.Text("folder") ?? Directory.CreateTempSubdirectory("citrixops-").FullName;
        try
        {
            var path = Path.Combine(folder, "ns.log");
            var sessions = Write(path, lines, arguments.Number("seed", 1));
            var engine = Engine.Load();
            var before = Memory.Peak();
            var result = engine.Search([path]);
            var peak = Memory.Peak();
            Console.WriteLine(FormattableString.Invariant($"{result.Lines} lines, {sessions} sessions, {result.Bytes >> 20} MB, {result.Elapsed.TotalSeconds:0.0} s"));
            Console.WriteLine(FormattableString.Invariant($"peak {peak >> 20} MB, {before >> 20} MB before the search; the bound is {most >> 20} MB"));
            return peak <= most ? 0 : 1;
        }
        finally
        {
            if (arguments.Text("folder") is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static int Write(string path, int lines, int seed)
    {
        var random = new Random(seed);
        using var writer = new StreamWriter(path, append: false, Encoding.ASCII);
        var sessions = lines / 3;
        for (var i = 0; i < sessions; i++)
        {
            var at = Start.AddSeconds(3 * i);
            var client = string.Create(CultureInfo.InvariantCulture, $"{11 + (i % 190)}.{random.Next(1, 250)}.{random.Next(1, 250)}.{random.Next(1, 250)}");
            var source = random.Next(50) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{11 + random.Next(190)}.{random.Next(1, 250)}.7.7") : client;
            var common = string.Create(CultureInfo.InvariantCulture, $"Context user{i}@{client} - SessionId: {i + 1000} - User user{i} - Client_ip {client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - ");
            Line(writer, at, 3 * i, "SSLVPN LOGIN", common + "Browser_type \"Mozilla/5.0\" - SSLVPN_client_type ICA - Group(s) \"N/A\"");
            Line(writer, at.AddSeconds(1), (3 * i) + 1, "SSLVPN TCPCONNSTAT", common + $"Source {source}:4000 - Destination 10.1.2.3:443 - Duration 00:00:01  - Access Allowed");
            Line(writer, at.AddSeconds(2), (3 * i) + 2, "SSLVPN LOGOUT", common + "Duration 00:00:02  - LogoutMethod \"Explicit\"");
        }

        return sessions;
    }

    private static void Line(StreamWriter writer, DateTimeOffset time, int number, string what, string text)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default {what} {number} 0 :  {text}"));
        writer.Write('\n');
    }
}
