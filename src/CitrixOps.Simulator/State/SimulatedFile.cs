using System;
using System.Text;

namespace CitrixOps.Simulator.State;

/// <summary>A file or folder on a node.</summary>
internal sealed class SimulatedFile
{
    public required string Folder { get; init; }

    public required string Name { get; init; }

    public bool IsFolder { get; init; }

    public DateTimeOffset Modified { get; set; }

    public DateTimeOffset Accessed { get; set; }

    public byte[] Content { get; set; } = [];

    /// <summary>Content that is made when it is read (ns.conf), or null.</summary>
    public Func<string>? Live { get; init; }

    /// <summary>True where the management process may not read it.</summary>
    public bool Unreadable { get; init; }

    public byte[] Read() => Live is null ? Content : Encoding.UTF8.GetBytes(Live());

    public string Path => Folder == "/" ? "/" + Name : Folder + "/" + Name;
}
