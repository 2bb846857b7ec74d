using System;
using System.Collections.Generic;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>A file that is, or may be, a log: opened, read and scanned block by block. Its state belongs to the flow's lock.</summary>
internal sealed class FileRun : SourceStep, IDisposable
{
    /// <summary>How much is looked at to tell what a file is.</summary>
    public const int HeadForKind = 16 * 1024;

    private readonly ISourcePlan _plan;
    private StreamBlocks? _stream;
    private DiskBlocks? _disk;

    public FileRun(ISourcePlan plan, ApplianceFile file, LogFile? log)
    {
        _plan = plan;
        File = file;
        Log = log;
        IsLogByName = log is not null;
    }

    /// <summary>Which log it is; null when it turned out to be none, or could not be told yet.</summary>
    public LogFile? Log { get; private set; }

    /// <summary>Why it could not be opened, or null.</summary>
    public Problem? NotOpened { get; private set; }

    /// <summary>What scans it.</summary>
    public ScanKit? Kit { get; private set; }

    /// <summary>Resolves its times; blocks have resolvers of their own made from it.</summary>
    public TimeResolver? Resolver { get; private set; }

    /// <summary>The order of day and month that the next blocks are scanned under.</summary>
    public DateOrder Order { get; set; }

    /// <summary>True while a thread reads what only one can read.</summary>
    public bool Reading { get; set; }

    /// <summary>True once it was opened, or could not be.</summary>
    public bool Begun { get; set; }

    /// <summary>True once all its blocks were handed out.</summary>
    public bool ReadToEnd { get; set; }

    /// <summary>Its blocks, in order.</summary>
    public Queue<ScannedBlock> Blocks { get; } = new();

    /// <summary>How many blocks were handed out of those that can be read in any order.</summary>
    public int Taken { get; set; }

    /// <summary>True when blocks can be read in any order.</summary>
    public bool AnyOrder => _disk is not null;

    /// <summary>How many blocks there are, when they can be read in any order.</summary>
    public int BlockCount => _disk?.Count ?? 0;

    /// <summary>Why reading the stream ended early, or null.</summary>
    public Problem? Fault => _stream?.Fault;

    /// <summary>Bytes read of the stream.</summary>
    public long BytesRead => _stream?.BytesRead ?? 0;

    /// <summary>Opens the file and decides what it is.</summary>
    public void Begin()
    {
        try
        {
            _disk = File!.DiskPath is { } path ? DiskBlocks.TryOpen(path, File.ToString(), _plan.BlockLength, File.Consumed) : null;
            _stream = _disk is null ? new StreamBlocks(File.OpenRead(), File.ToString(), _plan.BlockLength) : null;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            NotOpened = ReadFailures.Of(e, File!.ToString(), archive: false);
            return;
        }

        if (Log is null)
        {
            var head = Peek(HeadForKind);
            Log = LogFile.FromContent(File, head);
            if (Log is null)
            {
                Problems.AddRange(NoLog.Problems(File, head, _stream?.Fault));
                Dispose();
                return;
            }
        }

        Kit = _plan.Kit(Log.Format);
        Resolver = _plan.Resolver(File, Log);
        if (DateOrders.Concern(Log.Format))
        {
            DateOrders.Learn(Peek(DateOrders.HeadLength), Log.Format, Resolver);
            Order = Resolver.Order;
        }
    }

    /// <summary>Reads the next block of a stream.</summary>
    /// <returns>False at the end.</returns>
    public bool Next(Block block, out bool ended)
    {
        var any = _stream!.Next(block);
        ended = !any || _stream.Ended;
        if (ended)
        {
            _stream.Dispose();
        }

        return any;
    }

    /// <summary>Reads a block of a file that can be read in any order.</summary>
    public void Read(int index, Block block) => _disk!.Read(index, block);

    /// <summary>Scans a block.</summary>
    public void Scan(ScannedBlock block, DateOrder order)
    {
        var scan = Kit!.Take();
        scan.Run(block.Block.Text, Resolver!, order, block.Lines);
        Kit.Return(scan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream?.Dispose();
        _disk?.Dispose();
    }

    private ReadOnlySpan<byte> Peek(int length) => _disk is not null ? _disk.Peek(length) : _stream!.Peek(length);
}
