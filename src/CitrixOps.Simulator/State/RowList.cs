using System;
using System.Collections.Generic;

namespace CitrixOps.Simulator.State;

/// <summary>The objects of one type in one partition, in the order they were added, with an index of their names.</summary>
internal sealed class RowList
{
    private readonly List<Row> _rows = [];
    private Dictionary<string, Row>? _byName;
    private string? _key;

    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Goes up with every change.</summary>
    public int Revision { get; private set; }

    /// <summary>The first row of a name, in any case.</summary>
    public Row? Find(string key, string name)
    {
        if (_byName is null || _key != key)
        {
            _key = key;
            _byName = new Dictionary<string, Row>(StringComparer.OrdinalIgnoreCase);
            foreach (var row in _rows)
            {
                Index(row);
            }
        }

        return _byName.GetValueOrDefault(name);
    }

    public void Add(Row row)
    {
        row.Owner = this;
        _rows.Add(row);
        Index(row);
        Revision++;
    }

    public void Remove(Func<Row, bool> which)
    {
        if (_rows.RemoveAll(r => which(r)) > 0)
        {
            _byName = null;
            Revision++;
        }
    }

    public void Changed(string name)
    {
        Revision++;
        if (name == _key)
        {
            _byName = null;
        }
    }

    private void Index(Row row)
    {
        if (_byName is not null && row.Text(_key!) is { } name)
        {
            _byName.TryAdd(name, row);
        }
    }
}
