using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Appliances.Configuration;

/// <summary>An object as it is after every statement about it.</summary>
public sealed class NsObject
{
    private readonly Dictionary<string, string> _options = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<NsStatement> _statements = new();

    private NsObject(NsStatement first)
    {
        Partition = first.Partition;
        Type = first.Type;
        Name = first.Name;
        Arguments = first.Arguments;
    }

    /// <summary>The admin partition.</summary>
    public string Partition { get; }

    /// <summary>For example <c>vpn vserver</c>.</summary>
    public string Type { get; }

    /// <summary>The name; empty for settings.</summary>
    public string Name { get; private set; }

    /// <summary>The words after the name in the statement that made it.</summary>
    public IReadOnlyList<string> Arguments { get; private set; }

    /// <summary>The options as last set.</summary>
    public IReadOnlyDictionary<string, string> Options => _options;

    /// <summary>The statements that made it what it is.</summary>
    public IReadOnlyList<NsStatement> Statements => _statements;

    /// <summary>True when the object is switched off.</summary>
    public bool IsDisabled { get; private set; }

    internal static IReadOnlyList<NsObject> Resolve(IEnumerable<NsStatement> statements)
    {
        var objects = new Dictionary<(string, string, string), NsObject>();
        foreach (var statement in statements)
        {
            var key = (statement.Partition, statement.Type.ToLowerInvariant(), statement.Name);
            switch (statement.Verb)
            {
                case "add":
                case "set":
                    if (!objects.TryGetValue(key, out var target))
                    {
                        objects[key] = target = new NsObject(statement);
                    }

                    target.Apply(statement);
                    break;
                case "unset":
                    if (objects.TryGetValue(key, out var changed))
                    {
                        changed.Unset(statement);
                    }

                    break;
                case "rename" when statement.Arguments.Count > 0 && objects.TryGetValue(key, out var renamed):
                    objects.Remove(key);
                    renamed.Name = statement.Arguments[0];
                    renamed._statements.Add(statement);
                    objects[(key.Partition, key.Item2, renamed.Name)] = renamed;
                    break;
                case "rm":
                    objects.Remove(key);
                    break;
                case "enable":
                case "disable":
                    if (objects.TryGetValue(key, out var switched))
                    {
                        switched.IsDisabled = statement.Verb == "disable";
                        switched._statements.Add(statement);
                    }

                    break;
            }
        }

        return objects.Values.OrderBy(o => o._statements.Count > 0 ? o._statements[0].Line : 0).ToArray();
    }

    private void Apply(NsStatement statement)
    {
        _statements.Add(statement);
        if (statement.Verb == "add")
        {
            Arguments = statement.Arguments;
        }

        foreach (var option in statement.Options)
        {
            _options[option.Key] = option.Value;
        }

        if (statement.Options.TryGetValue("-state", out var state))
        {
            IsDisabled = NsConfiguration.Is(state, "DISABLED");
        }
    }

    private void Unset(NsStatement statement)
    {
        _statements.Add(statement);
        foreach (var option in statement.Options.Keys)
        {
            _options.Remove(option);
        }
    }
}
