using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Simulator.Schema;

namespace CitrixOps.Simulator.State;

/// <summary>The configuration of one node: rows by partition and type. Running and saved configuration are two of these.</summary>
internal sealed class Store
{
    private readonly Dictionary<(string Partition, string Type), RowList> _rows = [];
    private readonly Dictionary<(string Partition, string What), (int Revision, object Value)> _derived = [];

    public IEnumerable<(string Partition, string Type)> Kinds => _rows.Keys;

    public IReadOnlyList<Row> Rows(string partition, string type) => _rows.TryGetValue((partition, type), out var rows) ? rows.Rows : [];

    public Row? Find(string partition, ResourceType type, string name) => type.NameField is { } key && _rows.TryGetValue((partition, type.Name), out var rows) ? rows.Find(key, name) : null;

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

    public void Add(string partition, string type, Row row) => List(partition, type).Add(row);

    public void Remove(string partition, string type, Func<Row, bool> which)
    {
        if (_rows.TryGetValue((partition, type), out var rows))
        {
            rows.Remove(which);
        }
    }

    /// <summary>Something made from rows of some types, kept until one of them changes.</summary>
    public T Derived<T>(string partition, string what, IEnumerable<string> types, Func<T> make)
        where T : class
    {
        var revision = types.Sum(t => _rows.TryGetValue((partition, t), out var rows) ? rows.Revision : 0);
        if (_derived.TryGetValue((partition, what), out var kept) && kept.Revision == revision)
        {
            return (T)kept.Value;
        }

        var made = make();
        _derived[(partition, what)] = (revision, made);
        return made;
    }

    /// <summary>Takes over the rows another store has of some partitions.</summary>
    public void Replace(Store other, Func<string, bool> partition)
    {
        foreach (var kind in _rows.Keys.Where(k => partition(k.Partition)).ToList())
        {
            _rows.Remove(kind);
        }

        _derived.Clear();
        foreach (var ((name, type), rows) in other._rows.Where(r => partition(r.Key.Partition)))
        {
            foreach (var row in rows.Rows)
            {
                Add(name, type, row.Clone());
            }
        }
    }

    public Store Clone()
    {
        var copy = new Store();
        foreach (var (kind, rows) in _rows)
        {
            foreach (var row in rows.Rows)
            {
                copy.Add(kind.Partition, kind.Type, row.Clone());
            }
        }

        return copy;
    }

    private RowList List(string partition, string type)
    {
        if (!_rows.TryGetValue((partition, type), out var rows))
        {
            _rows[(partition, type)] = rows = new RowList();
        }

        return rows;
    }
}
