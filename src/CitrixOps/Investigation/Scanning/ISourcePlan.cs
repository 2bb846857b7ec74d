using CitrixOps.Appliances;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>How the files of a source are to be searched. Asked from several threads at once.</summary>
internal interface ISourcePlan
{
    /// <summary>The ordinary length of a block.</summary>
    int BlockLength { get; }

    /// <summary>What scans logs of a format.</summary>
    ScanKit Kit(ILogFormat format);

    /// <summary>What resolves the times of a file.</summary>
    TimeResolver Resolver(ApplianceFile file, LogFile log);

    /// <summary>What a file leads to, its content aside where it may be a log.</summary>
    SourceStep Look(ApplianceFile file);
}
