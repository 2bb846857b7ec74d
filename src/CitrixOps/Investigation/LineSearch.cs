using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Investigation.Scanning;

namespace CitrixOps.Investigation;

/// <summary>Searches lines that come one by one, as from a pipeline. Lines are gathered into blocks so that neighbours can lend times.</summary>
public sealed class LineSearch
{
    /// <summary>What lines from a pipeline are said to come from.</summary>
    internal const string Pipeline = "pipeline";

    private const int BlockLength = 1 << 20;
    private readonly InvestigationOptions _options;
    private readonly GatewaySearch _search;
    private readonly ApplianceFacts _facts;
    private readonly ProgressTally _progress;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private byte[] _block = new byte[BlockLength + (1 << 16)];
    private int _length;
    private long _lines;
    private long _linesBefore;
    private long _bytesBefore;

    /// <summary>Starts a search.</summary>
    /// <param name="investigator">The investigator.</param>
    /// <param name="options">Its options; the log type must be set.</param>
    /// <param name="keepFindings">True to keep the findings in the result.</param>
    /// <param name="sink">Where findings and problems go.</param>
    public LineSearch(Investigator investigator, InvestigationOptions options, bool keepFindings, IInvestigationSink sink)
    {
        _options = options;
        _facts = new ApplianceFacts { Gateway = options.GatewayName ?? "pipeline", Node = options.GatewayName ?? "pipeline" };
        _progress = new ProgressTally(Array.Empty<ApplianceSource>(), sink);
        _search = new GatewaySearch(_facts.Gateway, investigator.Matchers, investigator.Window(new[] { _facts }), options, keepFindings, sink);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line without its end.</param>
    public void Line(string line)
    {
        var needed = _length + Encoding.UTF8.GetMaxByteCount(line.Length) + 1;
        if (needed > _block.Length)
        {
            Array.Resize(ref _block, Math.Max(needed, _block.Length));
        }

        _length += Encoding.UTF8.GetBytes(line, 0, line.Length, _block, _length);
        _block[_length++] = (byte)'\n';
        _lines++;
        if (_length >= BlockLength)
        {
            Flush();
        }
    }

    /// <summary>Ends the search.</summary>
    /// <returns>The investigation.</returns>
    public Investigation Complete()
    {
        Flush();
        return _search.Complete(_clock.Elapsed);
    }

    private void Flush()
    {
        if (_length > 0)
        {
            using var flow = new SearchFlow(_options.Threads, CancellationToken.None);
            _search.Add(new LinesSource(_block, _length, _options.LogType!, (_linesBefore, _bytesBefore)), _facts, flow, CancellationToken.None);
            _search.Search(flow, _progress, CancellationToken.None);
            (_linesBefore, _bytesBefore, _length) = (_lines, _bytesBefore + _length, 0);
        }
    }

    private sealed class LinesSource : ApplianceSource
    {
        private readonly byte[] _bytes;
        private readonly int _length;
        private readonly string _name;
        private readonly (long Lines, long Bytes) _start;

        public LinesSource(byte[] bytes, int length, string name, (long Lines, long Bytes) start)
        {
            _bytes = bytes;
            _length = length;
            _name = name;
            _start = start;
        }

        public override string Path => Pipeline;

        public override SourceKind Kind => SourceKind.Archive;

        public override long? TotalBytes => _length;

        public override long BytesConsumed => _length;

        public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
        {
            var entry = new ArchiveEntry { Name = _name, Length = _length, IsFile = true };
            yield return new StoredFile("pipeline", _name, appliancePath: null, entry, () => new MemoryStream(_bytes, 0, _length), new ReadLimits()) { StartsAt = _start };
        }
    }
}
