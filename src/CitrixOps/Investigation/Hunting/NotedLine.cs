using System;
using CitrixOps.Investigation.Scanning;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A line of which only notes were taken: parsed from its block when somebody wants more.</summary>
internal sealed class NotedLine : ObservedLine
{
    private readonly ILogFormat _format;
    private readonly LogRecord _record = new();
    private LineContext _file;
    private Block _block = new();
    private long _linesBefore;
    private NotedPlace _place;
    private bool _parsed;

    /// <param name="format">The format of the file.</param>
    /// <param name="file">What is the same for all its lines.</param>
    public NotedLine(ILogFormat format, in LineContext file) => (_format, _file) = (format, file);

    public override LogRecord Record
    {
        get
        {
            Parse();
            return _record;
        }
    }

    public override LineContext Context
    {
        get
        {
            Parse();
            return _file;
        }
    }

    /// <summary>The next block begins.</summary>
    /// <param name="block">The block.</param>
    /// <param name="linesBefore">Lines of the file before it.</param>
    public void Start(Block block, long linesBefore) => (_block, _linesBefore, _parsed) = (block, linesBefore, false);

    /// <summary>Another line of the block.</summary>
    public NotedLine Of(in NotedPlace place)
    {
        (_place, _parsed) = (place, false);
        return this;
    }

    private void Parse()
    {
        if (_parsed)
        {
            return;
        }

        _parsed = true;
        var line = BlockScan.LineAt(_block.Text.Slice(_place.Bytes));
        _record.Reset(_format.LogType, Latin1.Of(line));
        _format.Parse(_record);
        _file.Number = _linesBefore + _place.Lines + 1 + _file.File.StartsAt.Lines;
        _file.Offset = _block.Offset + _place.Bytes + _file.File.StartsAt.Bytes;
        _file.Time = new DateTimeOffset(_place.Ticks, TimeSpan.Zero);
        _file.TimeTrust = _place.Trust;
        _file.LoggedTime = _format.TryReadStamp(line, out var stamp) ? _record.Raw.Substring(stamp.Start, Math.Min(stamp.Length, _record.Raw.Length - stamp.Start)) : null;
    }
}
