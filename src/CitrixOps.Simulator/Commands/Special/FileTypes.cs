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
            return files.Remove(folder.TrimEnd('/') + "/" + name) ? new NitroReply() : throw new NitroError(3441);
        }

        if (context.Operation != "add")
        {
            return null;
        }

        var location = (context.Arguments.Text("filelocation") ?? throw new NitroError(1095, "filelocation")).TrimEnd('/');
        var path = location + "/" + (context.Arguments.Text("filename") ?? throw new NitroError(1095, "filename"));
        if (!files.FolderExists(location))
        {
            throw new NitroError(3445);
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

        return new NitroReply { Status = 201 };
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
