using System;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>What anybody gets from a gateway: pages and files whose stamps tell the build.</summary>
internal static class PublicPages
{
    public const string StampFile = "/vpn/js/rdx/core/lang/rdx_en.json.gz";

    public static Answer Of(Node node, VirtualServer server, string url)
    {
        if (server.Type is not ("vpnvserver" or "authenticationvserver"))
        {
            return new Answer(Outcome.Answered, "up", 200, server.Name, "ok");
        }

        var path = url.Split('?')[0];
        return path switch
        {
            "/" => new Answer(Outcome.Answered, "up", 302, server.Name, "/vpn/index.html"),
            "/vpn/index.html" or "/logon/LogonPoint/index.html" => new Answer(Outcome.Answered, "up", 200, server.Name, $"<html><head><title>NetScaler Gateway</title><link href=\"/vpn/js/gateway_login_view.js?v={node.Fingerprint.PageHash}\"></head></html>"),
            StampFile => new Answer(Outcome.Answered, "up", node.Fingerprint.Stamp > 0 ? 200 : 404, server.Name),
            _ => new Answer(Outcome.Answered, "up", 404, server.Name, "Not Found"),
        };
    }

    /// <summary>A gzip file whose header carries the build's stamp.</summary>
    public static byte[] Stamped(Node node)
    {
        var content = FileTree.Compress("{}"u8.ToArray());
        BitConverter.TryWriteBytes(content.AsSpan(4), node.Fingerprint.Stamp);
        return content;
    }

}
