using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Simulator.Schema;

namespace CitrixOps.Simulator.State;

/// <summary>The configuration of one node: rows by partition and type. Running and saved configuration are two of these.</summary>
internal sealed class Store
{
    private readonly Dictionary<(string Partition, string Type), List<Row>> _rows = [];

    public IEnumerable<(string Partition, string Type)> Kinds => _rows.Keys;

    public IReadOnlyList<Row> Rows(string partition, string type) => _rows.TryGetValue((partition, type), out var rows) ? rows : [];

    public Row? Find(string partition, ResourceType type, string name) => type.NameField is { } key ? Rows(partition, type.Name).FirstOrDefault(r => r.Is(key, name)) : null;

    /// <summary>The one object of a singleton, made where there is none yet.</summary>
    public Row Single(string partition, string type)
    {
        if (Rows(partition, type) is [var row, ..])
        {
            return row;
        }

        var made = new Row();
        Add(partition, type, made);
        return made;
    }

    public void Add(string partition, string type, Row row)
    {
        if (!_rows.TryGetValue((partition, type), out var rows))
        {
            _rows[(partition, type)] = rows = [];
        }

        rows.Add(row);
    }

    public void Remove(string partition, string type, Func<Row, bool> which)
    {
        if (_rows.TryGetValue((partition, type), out var rows))
        {
            rows.RemoveAll(r => which(r));
        }
    }

    public Store Clone()
    {
        var copy = new Store();
        foreach (var (kind, rows) in _rows)
        {
            copy._rows[kind] = rows.Select(r => r.Clone()).ToList();
        }

        return copy;
    }

    /// <summary>Takes back one type to what another store holds.</summary>
    public void Restore(string partition, string type, Store from)
    {
        _rows[(partition, type)] = from.Rows(partition, type).Select(r => r.Clone()).ToList();
    }
}
