using System;

namespace CitrixOps.Appliances.Live;

/// <summary>An entry of a folder on a node.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Last change, UTC; null where it could not be read.</param>
/// <param name="IsFolder">True for a folder.</param>
internal sealed record RemoteFile(string Folder, string Name, long Size, DateTimeOffset? Modified, bool IsFolder)
{
    public string Path => Folder == "/" ? "/" + Name : Folder + "/" + Name;
}
