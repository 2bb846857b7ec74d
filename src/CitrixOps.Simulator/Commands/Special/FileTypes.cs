using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Files over NITRO: listing, content, upload, removal, with the size limits of a management process.</summary>
internal sealed class FileTypes : ISpecialType
{
    private static readonly string[] OldFormats = [".txt", ".cert", ".req", ".xml", ".key"];
    private static readonly string[] Writable = ["/nsconfig/", "/var/", "/tmp/", "/flash/nsconfig/"];
    private static readonly string[] Copied = ["/nsconfig/ssl/", "/var/netscaler/", "/var/vpn/bookmark/"];

    public IEnumerable<string> Types => ["systemfile"];

    public IReadOnlyList<Row>? Read(CommandContext context)
    {
        var folder = (context.Argument("filelocation") ?? throw new NitroError(1095, "filelocation")).TrimEnd('/');
        folder = folder.Length == 0 ? "/" : folder;
        var name = context.Request.Name ?? context.Argument("filename");
        var files = context.Node.Files;
        if (folder.Contains("..", StringComparison.Ordinal) || name?.Contains('/', StringComparison.Ordinal) == true)
        {
            throw new NitroError(1074, name ?? folder);
        }

        if (!files.FolderExists(folder))
        {
            throw new NitroError(3440);
        }

        if (name is null)
        {
            return files.List(folder).Select(f => Listed(context.Node, f)).ToList();
        }

        if (files.Find(folder)?.Unreadable == true)
        {
            throw new NitroError(3446);
        }

        var file = files.Find((folder == "/" ? "" : folder) + "/" + name) ?? throw new NitroError(3441);
        if (file.Unreadable || file.IsFolder)
        {
            throw new NitroError(3446);
        }

        return [Content(context.Node, file)];
    }

    public NitroReply? Run(CommandContext context)
    {
        var files = context.Node.Files;
        if (context.Operation == "delete")
        {
            var name = context.Request.Name ?? context.Argument("filename") ?? throw new NitroError(1095, "filename");
            var folder = context.Argument("filelocation") ?? throw new NitroError(1095, "filelocation");
            var gone = folder.TrimEnd('/') + "/" + name;
            if (!files.FolderExists(folder.TrimEnd('/')))
            {
                throw new NitroError(3440);
            }

            if (files.Find(gone) is { IsFolder: true } or { Unreadable: true })
            {
                throw new NitroError(3446);
            }

            Sync(context, gone);
            return files.Remove(gone) ? new NitroReply() : throw new NitroError(3441);
        }

        if (context.Operation != "add")
        {
            return null;
        }

        var location = (context.Arguments.Text("filelocation") ?? throw new NitroError(1095, "filelocation")).TrimEnd('/');
        var filename = context.Arguments.Text("filename") ?? throw new NitroError(1095, "filename");
        if (filename.Contains('/', StringComparison.Ordinal) || location.Contains("..", StringComparison.Ordinal))
        {
            throw new NitroError(1074, filename);
        }

        var path = location + "/" + filename;
        if (context.Node.Profile.Branch == "12.1" && !OldFormats.Contains(System.IO.Path.GetExtension(filename), StringComparer.OrdinalIgnoreCase))
        {
            throw new NitroError(3442);
        }

        if (!files.FolderExists(location))
        {
            throw new NitroError(3445);
        }

        if (!Writable.Any(w => (location + "/").StartsWith(w, StringComparison.Ordinal)))
        {
            throw new NitroError(3446);
        }

        if (files.Find(path) is not null)
        {
            throw new NitroError(273);
        }

        try
        {
            files.Put(path, Convert.FromBase64String(context.Arguments.Text("filecontent") ?? ""), context.Node.Now);
        }
        catch (FormatException)
        {
            throw new NitroError(3443);
        }

        Sync(context, path);
        return new NitroReply { Status = 201 };
    }

    // what lies in these folders is copied to the other node about once a minute
    private static void Sync(CommandContext context, string path)
    {
        if (context.Pair.IsPair && context.Node.IsPrimary && Copied.Any(c => path.StartsWith(c, StringComparison.Ordinal)))
        {
            context.Pair.FilesOnTheWay.Add((path, context.Node, context.Node.Clock.Now + TimeSpan.FromMinutes(1)));
        }
    }

    private static Row Listed(Node node, SimulatedFile file)
    {
        var row = new Row().Set("filename", file.Name).Set("filelocation", file.Folder).Set("fileaccesstime", node.Time(file.Accessed)).Set("filemodifiedtime", node.Time(file.Modified))
            .Set("filesize", (file.IsFolder ? 512 : file.Read().Length).ToString(CultureInfo.InvariantCulture));
        return file.IsFolder ? row.Set("filemode", new JsonArray("DIRECTORY")) : row;
    }

    private static Row Content(Node node, SimulatedFile file)
    {
        var content = file.Read();
        file.Accessed = node.Now;
        var limits = node.FileLimits;
        if (content.Length > limits.Ceiling)
        {
            switch (limits.Beyond)
            {
                case BeyondCeiling.Unavailable:
                    throw new NitroError(NitroError.Unavailable);
                case BeyondCeiling.Silence:
                    throw new NitroError(NitroError.Silence);
                case BeyondCeiling.Error:
                    throw new NitroError(283);
                case BeyondCeiling.Empty:
                    return new Row().Set("filename", file.Name).Set("filelocation", file.Folder).Set("filecontent", "").Set("fileencoding", "BASE64");
                default:
                    content = content[..limits.Ceiling];
                    break;
            }
        }

        return new Row().Set("filename", file.Name).Set("filelocation", file.Folder).Set("filecontent", Convert.ToBase64String(content)).Set("fileencoding", "BASE64");
    }
}
