using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CitrixOps.Errors;
using CitrixOps.Polyfills;
using CitrixOps.Receipts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Sessions;

/// <summary>Writes down which sessions there were, before they are ended: they are evidence, and gone afterwards.</summary>
public static class UserSessionRecord
{
    /// <summary>A name of a file for a listing: <c>gateway-20260124T200501Z-3fa901-sessions.json</c>, another one each time: gateways may share their names.</summary>
    /// <param name="folder">The folder it is to lie in.</param>
    /// <param name="list">The listing.</param>
    public static string PathFor(string folder, UserSessionList list)
    {
        _ = list ?? throw new ArgumentNullException(nameof(list));
        return ReceiptFile.PathFor(folder, list.Gateway, list.TakenAt, Guid.NewGuid().ToString("N").Substring(0, 6) + "-sessions");
    }

    /// <summary>Writes a listing: complete and on the disk when this returns.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="list">The listing.</param>
    /// <returns>SHA-256 of the file, in hexadecimal.</returns>
    /// <exception cref="CitrixOpsException"><c>SessionsNotRecorded</c>.</exception>
    public static string Write(string path, UserSessionList list)
    {
        _ = list ?? throw new ArgumentNullException(nameof(list));
        var content = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(Text(list));
        try
        {
            DurableFile.Write(path, content, replace: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("SessionsNotRecorded", ErrorKind.ReadFailed, $"The sessions of '{list.Gateway}' could not be written to '{path}': {e.Message}", path, "Nothing was ended. Give a folder that can be written to with -ReceiptPath."), e);
        }

        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(content).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static string Text(UserSessionList list) => new JObject
    {
        ["format"] = "CitrixOps user sessions",
        ["version"] = 1,
        ["gateway"] = list.Gateway,
        ["takenAt"] = Time(list.TakenAt),
        ["nodes"] = new JArray(list.Nodes),
        ["complete"] = list.IsComplete,
        ["problems"] = new JArray(list.Problems.Select(p => p.ToString())),
        ["sessions"] = new JArray(list.Sessions.Select(s => new JObject
        {
            ["node"] = s.Node,
            ["kind"] = s.Kind.ToString(),
            ["transport"] = s.Transport,
            ["userName"] = s.UserName,
            ["domain"] = s.Domain,
            ["group"] = s.Group,
            ["sourceAddress"] = s.SourceAddress,
            ["sourcePort"] = s.SourcePort,
            ["destinationAddress"] = s.DestinationAddress,
            ["destinationPort"] = s.DestinationPort,
            ["intranetAddress"] = s.IntranetAddress,
            ["since"] = s.Since is { } since ? Time(since) : "unknown",
            ["sinceSource"] = s.SinceSource.ToString(),
            ["sinceDetail"] = s.SinceDetail,
        })),
        ["persistence"] = new JArray(list.Persistence.Select(p => new JObject
        {
            ["node"] = p.Node,
            ["virtualServer"] = p.VirtualServer,
            ["sourceAddress"] = p.SourceAddress,
            ["destinationAddress"] = p.DestinationAddress,
            ["destinationPort"] = p.DestinationPort,
            ["type"] = p.Type,
            ["timeout"] = p.Timeout,
        })),
    }.ToString(Formatting.Indented) + "\n";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
