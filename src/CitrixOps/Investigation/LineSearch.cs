using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;

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
    private readonly List<byte> _block = new();
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
        _search = new GatewaySearch(_facts.Gateway, investigator.Rules, investigator.Window(new[] { _facts }), options, keepFindings, sink);
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line without its end.</param>
    public void Line(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        _block.AddRange(bytes);
        _block.Add((byte)'\n');
        _lines++;
        if (_block.Count >= BlockLength)
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
        if (_block.Count > 0)
        {
            _search.Search(new LinesSource(_block.ToArray(), _options.LogType!, (_linesBefore, _bytesBefore)), _facts, _progress, CancellationToken.None);
            (_linesBefore, _bytesBefore) = (_lines, _bytesBefore + _block.Count);
            _block.Clear();
        }
    }

    private sealed class LinesSource : ApplianceSource
    {
        private readonly byte[] _bytes;
        private readonly string _name;
        private readonly (long Lines, long Bytes) _start;

        public LinesSource(byte[] bytes, string name, (long Lines, long Bytes) start)
        {
            _bytes = bytes;
            _name = name;
            _start = start;
        }

        public override string Path => Pipeline;

        public override SourceKind Kind => SourceKind.Archive;

        public override long? TotalBytes => _bytes.Length;

        public override long BytesConsumed => _bytes.Length;

        public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
        {
            var entry = new ArchiveEntry { Name = _name, Length = _bytes.Length, IsFile = true };
            yield return new StoredFile("pipeline", _name, appliancePath: null, entry, () => new MemoryStream(_bytes), new ReadLimits()) { StartsAt = _start };
        }
    }
}
