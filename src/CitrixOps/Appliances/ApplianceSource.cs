using System.Collections.Generic;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.Appliances;

/// <summary>
/// One node's files, wherever they lie: a support bundle, a backup, an image folder, loose files. Found by
/// <c>ApplianceSources</c>; one path can hold many sources, and many loose files can make one.
/// </summary>
public abstract class ApplianceSource
{
    /// <summary>The path that was given.</summary>
    public abstract string Path { get; }

    /// <summary>What it holds.</summary>
    public abstract SourceKind Kind { get; }

    /// <summary>Total stored bytes where they can be known without reading (for progress), or null.</summary>
    public abstract long? TotalBytes { get; }

    /// <summary>Stored bytes consumed by the current enumeration (for progress).</summary>
    public abstract long BytesConsumed { get; }

    /// <summary>What is known about the appliance without surveying the files, or null.</summary>
    public virtual ApplianceFacts? KnownFacts => null;

    /// <summary>True once it is known that something of it could not be read: what is absent says nothing then.</summary>
    public bool IsIncomplete { get; private protected set; }

    /// <summary>What reading it did to it, in sentences; empty for copies.</summary>
    public virtual IReadOnlyList<string> Notes => System.Array.Empty<string>();

    /// <summary>
    /// Enumerates the files in a stable order. Each call is a fresh pass. An entry that cannot be read is reported to the
    /// sink the source was opened with, and the enumeration goes on where the container allows it.
    /// </summary>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    /// <returns>The files; each is valid until the next is asked for.</returns>
    public abstract IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken);

    /// <summary>True when files stay readable while the enumeration goes on.</summary>
    internal virtual bool FilesStayOpen => false;

    /// <summary>Where the enumeration reports instead, while it runs on a thread that the usual sink is not for.</summary>
    internal IProblemSink? Diverted { get; set; }

    /// <summary>Forgets what passes before noted and reported: the next says it anew.</summary>
    internal virtual void Forget()
    {
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Path}";
}
