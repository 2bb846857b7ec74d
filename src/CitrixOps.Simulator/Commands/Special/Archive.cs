using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.Cli;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>A support bundle of a node.</summary>
internal static class Archive
{
    public static byte[] Of(Node node)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Write(tar, "nsconfig/ns.conf", RunningConfiguration.Text(node, node.Saved, node.Profile.Version), node);
            Write(tar, "shell/ns_running_config.conf", RunningConfiguration.Text(node, node.Running), node);
            Write(tar, "shell/date.out", node.Time(node.Now) + "\n", node);
            Write(tar, "shell/showcmds.txt", $"exec: show ns version\n\t{node.Profile.Banner}\nDone\n", node);
            foreach (var file in node.Files.All.Where(f => !f.IsFolder && f.Folder == "/var/log").ToList())
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Path.TrimStart('/')) { DataStream = new MemoryStream(node.Files.Find(file.Path)!.Read()), ModificationTime = file.Modified });
            }
        }

        return FileTree.Compress(buffer.ToArray());
    }

    private static void Write(TarWriter tar, string name, string text, Node node) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), ModificationTime = node.Now });
}
