using System.Collections.Generic;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Scanning;

/// <summary>The scans of one log type for one gateway: as many as threads ask for at once, all of the same compiled rules.</summary>
internal sealed class ScanKit
{
    private readonly ILogFormat _format;
    private readonly SearchWindow _window;
    private readonly Stack<BlockScan> _idle = new();

    public ScanKit(ILogFormat format, LogMatcher matcher, ObserverSet observers, SearchWindow window)
    {
        _window = window;
        _format = format;
        Matcher = matcher;
        Observers = observers;
    }

    /// <summary>The compiled rules; not to be used by itself.</summary>
    public LogMatcher Matcher { get; }

    /// <summary>Those who look at lines besides the rules.</summary>
    public ObserverSet Observers { get; }

    /// <summary>Takes a scan for a thread.</summary>
    public BlockScan Take()
    {
        lock (_idle)
        {
            if (_idle.Count > 0)
            {
                return _idle.Pop();
            }
        }

        return new BlockScan(_format, Matcher.Fork(), Observers, _window);
    }

    /// <summary>Gives it back.</summary>
    public void Return(BlockScan scan)
    {
        lock (_idle)
        {
            _idle.Push(scan);
        }
    }
}
