using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Logs.Times;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Live;

/// <summary>
/// Files of a node over <c>systemfile</c>. The management process reads a file whole and there is no range: the size is looked at
/// first, and what arrives is compared with it.
/// </summary>
internal sealed class RemoteFiles
{
    private const int LongestName = 63;
    private const int LongestFolder = 127;
    private const int NoFolder = 3440;
    private readonly NitroConnection _connection;
    private readonly TimeZoneInfo _zone;

    public RemoteFiles(NitroConnection connection, string timeZone)
    {
        _connection = connection;
        _zone = TimeZones.FindOrNull(ApplianceZone.Name(timeZone)) ?? TimeZoneInfo.Utc;
    }

    /// <summary>The entries of a folder; null where there is no such folder.</summary>
    public async Task<IReadOnlyList<RemoteFile>?> ListAsync(string folder, CancellationToken cancellationToken)
    {
        if (folder.Length > LongestFolder)
        {
            throw new CitrixOpsException(TooLong(folder));
        }

        var reply = await _connection.SendAsync(NitroCall.Get("systemfile", null, ("filelocation", folder)) with { Accepts = new[] { NoFolder } }, cancellationToken).ConfigureAwait(false);
        return reply.Code == NoFolder ? null : reply.Rows("systemfile").Select(r => Entry(folder, r)).Where(f => f.Name.Length > 0 && f.Name.IndexOf('/') < 0 && f.Name is not ("." or "..")).ToArray();
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="CitrixOpsException"><c>FileTooLarge</c>, <c>FileIncomplete</c>, <c>FileNameTooLong</c>, or the appliance's refusal.</exception>
    public async Task<byte[]> ReadAsync(RemoteFile file, CancellationToken cancellationToken)
    {
        var shown = _connection.Address + ":" + Investigation.SafeText.FromText(file.Path, 200);
        if (file.Name.Length > LongestName || file.Folder.Length > LongestFolder)
        {
            throw new CitrixOpsException(TooLong(file.Path));
        }

        var limit = _connection.Options.FileLimit;
        if (file.Size > limit)
        {
            throw new CitrixOpsException(new Problem("FileTooLarge", ErrorKind.NotSupported, FormattableString.Invariant($"'{shown}' has {file.Size:N0} bytes; over the REST API at most {limit:N0} are read, because the appliance holds a file in memory whole."), shown, "Collect it with a support bundle or over SFTP, and search that."));
        }

        var reply = await _connection.SendAsync(NitroCall.Get("systemfile", null, ("filename", file.Name), ("filelocation", file.Folder)), cancellationToken).ConfigureAwait(false);
        var content = Decode(NitroReply.Text(reply.Single("systemfile")["filecontent"]), shown);
        if (content.Length < file.Size)
        {
            throw new CitrixOpsException(new Problem("FileIncomplete", ErrorKind.InvalidData, FormattableString.Invariant($"'{shown}' is listed with {file.Size:N0} bytes, {content.Length:N0} arrived."), shown, "It was turned over in the meantime, or is too large for the appliance's management process. Collect it with a support bundle or over SFTP."));
        }

        return content;
    }

    private RemoteFile Entry(string folder, JObject row)
    {
        var isFolder = (row["filemode"] as JArray)?.Any(m => NitroReply.Text(m) == "DIRECTORY") == true || NitroReply.Text(row["filemode"]) == "DIRECTORY";
        return new RemoteFile(folder, NitroReply.Text(row["filename"]) ?? "", (long)(NitroReply.Number(row["filesize"]) ?? 0), Time(NitroReply.Text(row["filemodifiedtime"])), isFolder);
    }

    // the appliance's local time: Tue Nov 24 02:27:08 2026
    private DateTimeOffset? Time(string? text)
    {
        var words = (text ?? "").Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 5 || !DateTime.TryParseExact($"{words[1]} {words[2]} {words[4]} {words[3]}", "MMM d yyyy HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || _zone.IsInvalidTime(local))
        {
            return null;
        }

        return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static byte[] Decode(string? text, string shown)
    {
        try
        {
            return Convert.FromBase64String(text ?? "");
        }
        catch (FormatException e)
        {
            throw new CitrixOpsException(new Problem("FileIncomplete", ErrorKind.InvalidData, $"'{shown}' arrived in a form that is no base64.", shown, "Collect it with a support bundle or over SFTP."), e);
        }
    }

    private Problem TooLong(string path)
    {
        var shown = _connection.Address + ":" + Investigation.SafeText.FromText(path, 200);
        return new Problem("FileNameTooLong", ErrorKind.NotSupported, $"'{shown}' has a name that the REST API does not take (63 characters, 127 for the folder).", shown, "Look at it over SSH.");
    }
}
