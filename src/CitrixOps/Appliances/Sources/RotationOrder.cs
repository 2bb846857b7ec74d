using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Appliances.Sources;

/// <summary>Orders paths ordinally, but the files of one rotated log oldest first: <c>x.log.2.gz, x.log.1.gz, x.log.0, x.log</c>.</summary>
public sealed class RotationOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static RotationOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var (xStem, xIndex) = Split(x ?? "");
        var (yStem, yIndex) = Split(y ?? "");
        var byStem = string.CompareOrdinal(xStem, yStem);
        return byStem != 0 ? byStem : xIndex != yIndex ? yIndex.CompareTo(xIndex) : string.CompareOrdinal(x, y);
    }

    /// <summary>Splits a file name into the live log's name and the rotation index.</summary>
    /// <param name="name">A name or path, for example <c>httpaccess.log.3.gz</c>.</param>
    /// <returns>The live name and the index; -1 for the live file.</returns>
    public static (string Stem, int Index) Split(string name)
    {
        var stem = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name.Substring(0, name.Length - 3) : name;
        var dot = stem.LastIndexOf('.');
        return dot > 0 && stem.Length - dot is > 1 and <= 5
            && int.TryParse(stem.Substring(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (stem.Substring(0, dot), index)
            : (stem, -1);
    }
}
