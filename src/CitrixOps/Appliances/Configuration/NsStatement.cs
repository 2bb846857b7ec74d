using System;
using System.Collections.Generic;

namespace CitrixOps.Appliances.Configuration;

/// <summary>One statement of a configuration, taken apart. Values of secret options are not kept.</summary>
public sealed class NsStatement
{
    internal NsStatement(int line, string partition, string verb, string type, string name, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> options)
    {
        Line = line;
        Partition = partition;
        Verb = verb;
        Type = type;
        Name = name;
        Arguments = arguments;
        Options = options;
    }

    /// <summary>1-based line.</summary>
    public int Line { get; }

    /// <summary>The admin partition; <c>default</c> for the default one.</summary>
    public string Partition { get; }

    /// <summary>add, set, bind, enable, ...</summary>
    public string Verb { get; }

    /// <summary>What it is about, for example <c>vpn vserver</c>.</summary>
    public string Type { get; }

    /// <summary>The object's name; empty for settings without one.</summary>
    public string Name { get; }

    /// <summary>The words after the name that are no options.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>The options with their values; an option without a value has an empty one. Names ignore case.</summary>
    public IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>The statement for people: line, verb, type and name, nothing that could be secret.</summary>
    public override string ToString() => FormattableString.Invariant($"{(Partition == "default" ? "" : "partition " + Partition + ", ")}line {Line}: {Verb} {Type} {(Name.Length > 0 || Arguments.Count == 0 || !NsConfiguration.Is(Type, "ns feature") ? Name : string.Join(" ", Arguments))}").TrimEnd();

    internal NsStatement In(string partition) => new(Line, partition, Verb, Type, Name, Arguments, Options);
}
