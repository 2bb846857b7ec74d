using System.Collections.Generic;

namespace CitrixOps.Simulator.Faults;

/// <summary>The faults of one node.</summary>
public sealed class FaultPlan
{
    private readonly List<Fault> _faults = [];
    private readonly System.Threading.Lock _gate = new();

    /// <summary>Adds a fault.</summary>
    /// <param name="fault">The fault.</param>
    public void Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _faults.Clear();
        }
    }

    internal Fault? For(Wire.NitroRequest request)
    {
        lock (_gate)
        {
            return _faults.Find(f => f.Hits(request));
        }
    }
}
