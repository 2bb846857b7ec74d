using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Indicators.Sigma;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CitrixOps.Adapters.Yaml;

/// <summary>Reads YAML with YamlDotNet's parser. Aliases are refused and depth is bounded: rules need neither.</summary>
public sealed class YamlReader : IYamlReader
{
    private const int Deepest = 32;
    private const int Largest = 1 << 20;

    /// <inheritdoc/>
    public IReadOnlyList<YamlNode> Read(string text)
    {
        if (text.Length > Largest)
        {
            throw new RuleException("the file is larger than a rule can be (1 MiB)", 1, 1);
        }

        try
        {
            var parser = new Parser(new StringReader(text));
            var documents = new List<YamlNode>();
            parser.Consume<StreamStart>();
            while (!parser.TryConsume<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                documents.Add(Node(parser, 0));
                parser.Consume<DocumentEnd>();
            }

            return documents;
        }
        catch (YamlException e)
        {
            throw new RuleException("not valid YAML: " + e.Message, Number(e.Start.Line), Number(e.Start.Column));
        }
    }

    private static YamlNode Node(Parser parser, int depth)
    {
        var current = parser.Current ?? throw new RuleException("the document ends early", 1, 1);
        var line = Number(current.Start.Line);
        var column = Number(current.Start.Column);
        if (depth > Deepest)
        {
            throw new RuleException("nested too deeply", line, column);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlScalar(scalar.Value, scalar.Style != ScalarStyle.Plain, line, column);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(Node(parser, depth + 1));
            }

            return new YamlSequence(items, line, column);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (Node(parser, depth + 1) is not YamlScalar key)
                {
                    throw new RuleException("a key must be a single value", line, column);
                }

                if (entries.Any(e => string.Equals(e.Key.Text, key.Text, StringComparison.Ordinal)))
                {
                    throw new RuleException($"the key '{key.Text}' stands twice", key);
                }

                entries.Add(new KeyValuePair<YamlScalar, YamlNode>(key, Node(parser, depth + 1)));
            }

            return new YamlMapping(entries, line, column);
        }

        throw new RuleException("aliases and tags are not used in rules", line, column);
    }

    private static int Number(long value) => (int)Math.Min(Math.Max(1, value), int.MaxValue);
}
