using System;
using System.Collections.Generic;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access;

/// <summary>What was read from a node while nothing was changed there: steps that look at the same objects ask once.</summary>
internal sealed class ReadRows
{
    private readonly Dictionary<string, IReadOnlyList<JObject>> _rows = new(StringComparer.Ordinal);

    public IReadOnlyList<JObject>? Find(string partition, NitroCall call) => _rows.TryGetValue(Key(partition, call), out var rows) ? rows : null;

    public void Keep(string partition, NitroCall call, IReadOnlyList<JObject> rows) => _rows[Key(partition, call)] = rows;

    public void Forget() => _rows.Clear();

    private static string Key(string partition, NitroCall call) => partition + "|" + call.PathAndQuery();
}
