using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching.Expressions;

/// <summary>A part of a regular expression.</summary>
internal abstract record Node;

/// <summary>One character out of a set, by byte.</summary>
/// <param name="Set">256 truths.</param>
internal sealed record Characters(bool[] Set) : Node;

/// <summary>One after the other; none is the empty text.</summary>
internal sealed record Sequence(IReadOnlyList<Node> Parts) : Node;

/// <summary>One of them.</summary>
internal sealed record Alternatives(IReadOnlyList<Node> Parts) : Node;

/// <summary>Repeated; <paramref name="Most"/> -1 is without end.</summary>
internal sealed record Repeated(Node Part, int Least, int Most) : Node;

/// <summary>A place: <c>^ $ \b \B</c>.</summary>
internal sealed record Place(PlaceKind Kind) : Node;

/// <summary>The kinds of places.</summary>
internal enum PlaceKind
{
    /// <summary>Start of the text.</summary>
    Start,

    /// <summary>Start of a line.</summary>
    LineStart,

    /// <summary>End of the text, also before a last line feed.</summary>
    End,

    /// <summary>End of a line.</summary>
    LineEnd,

    /// <summary>Between a word character and another.</summary>
    WordEdge,

    /// <summary>Not there.</summary>
    NoWordEdge,
}
