using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Sigma;

/// <summary>A node of a YAML document with its place in the file, so that every complaint can name line and column.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public abstract record YamlNode(int Line, int Column);

/// <summary>A single value.</summary>
/// <param name="Text">The text as written, unquoted.</param>
/// <param name="Quoted">True when it was quoted: then it is text, never a number or null.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record YamlScalar(string Text, bool Quoted, int Line, int Column) : YamlNode(Line, Column)
{
    /// <summary>True for YAML's null in its spellings.</summary>
    public bool IsNull => !Quoted && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Line, int Column) : YamlNode(Line, Column);

/// <summary>A mapping. Keys are unique.</summary>
/// <param name="Entries">The entries in order.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record YamlMapping(IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    /// <summary>The value of a key, or null.</summary>
    public YamlNode? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Key.Text, key, StringComparison.Ordinal))
                {
                    return entry.Value;
                }
            }

            return null;
        }
    }
}
