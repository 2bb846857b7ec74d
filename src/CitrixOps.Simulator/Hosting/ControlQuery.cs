using System;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace CitrixOps.Simulator.Hosting;

/// <summary>The arguments of a control request.</summary>
internal sealed class ControlQuery(SimulatorHost host, IQueryCollection query)
{
    /// <summary>The node by its number from 0; without one the first.</summary>
    public NodeControl Node => Number("node", 0) is var number && number >= 0 && number < host.Nodes.Count ? host.Nodes[number] : throw new ArgumentException($"There is no node {number}.");

    public string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;

    public string Required(string name) => Text(name) ?? throw new ArgumentException($"'{name}' is missing.");

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Flag(string name) => Text(name) is { } text && (text.Length == 0 || bool.Parse(text));

    public IPAddress Address(string name) => IPAddress.Parse(Required(name));
}
