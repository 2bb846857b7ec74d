using System;
using System.Globalization;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>The lines a node writes about what it is asked: reading is writing.</summary>
internal static class NodeLog
{
    public static void Command(Node node, AdminSession session, NitroRequest request, string command, string status)
    {
        var now = node.Now;
        var local = TimeZoneInfo.ConvertTime(now, node.Zone);
        var shown = command.Replace("\"", "\\\"", StringComparison.Ordinal);
        node.Files.Append("/var/log/ns.log", string.Create(CultureInfo.InvariantCulture, $"{local:MMM} {local.Day,2} {local:HH:mm:ss} <local0.info> {node.Address} {now.UtcDateTime:MM/dd/yyyy:HH:mm:ss} GMT {node.HostName} 0-PPE-0 : default API CMD_EXECUTED {node.NextMessage()} 0 :  User {session.User} - ADM_User NONE - Remote_ip {request.ClientAddress} - Command \"{shown}\" - Status \"{status}\""), now);
    }

    public static void Request(Node node, NitroRequest request, string path, int status, int length)
    {
        var local = TimeZoneInfo.ConvertTime(node.Now, node.Zone);
        var offset = local.Offset;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        node.Files.Append("/var/log/httpaccess.log", string.Create(CultureInfo.InvariantCulture, $"{request.ClientAddress} - - [{local:dd/MMM/yyyy:HH:mm:ss} {sign}{offset:hhmm}] \"{request.Method} {path} HTTP/1.1\" {status} {length} \"-\" \"{request.UserAgent}\" \"Time: 5230 microsecs\""), node.Now);
    }
}
