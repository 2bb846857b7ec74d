using System;

namespace CitrixOps.Indicators.Sigma;

/// <summary>A rule that cannot be used, with the place in its file.</summary>
public sealed class RuleException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="line">1-based line.</param>
    /// <param name="column">1-based column.</param>
    public RuleException(string message, int line, int column)
        : base(message)
    {
        Line = line;
        Column = column;
    }

    /// <summary>Creates the exception for a node.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="node">Where.</param>
    public RuleException(string message, YamlNode node)
        : this(message, node.Line, node.Column)
    {
    }

    /// <summary>The placeholder that has no value, or null when something else is wrong.</summary>
    public string? Placeholder { get; init; }

    /// <summary>1-based line.</summary>
    public int Line { get; }

    /// <summary>1-based column.</summary>
    public int Column { get; }
}
