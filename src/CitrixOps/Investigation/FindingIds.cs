using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CitrixOps.Investigation;

/// <summary>
/// Gives each finding an id that depends on the record alone: the same whether the log lies in a bundle, a folder or has been
/// rotated. Identical records in one file are told apart by their order.
/// </summary>
internal sealed class FindingIds
{
    // identical records stand close together (they carry the same second), so a bounded memory tells them apart
    private const int Remembered = 65_536;

    private readonly Dictionary<ulong, int> _seen = new();

    /// <summary>How many identical records were asked about before. Cheap: the id itself is made only where it is needed.</summary>
    /// <param name="indicatorId">The indicator that matched.</param>
    /// <param name="record">The record.</param>
    public int Earlier(string indicatorId, string record)
    {
        // two records that only look alike here get different ids all the same
        var key = Hash(indicatorId, record);
        _seen.TryGetValue(key, out var earlier);
        if (_seen.Count >= Remembered)
        {
            _seen.Clear();
        }

        _seen[key] = earlier + 1;
        return earlier;
    }

    /// <summary>The id of a record.</summary>
    /// <param name="indicatorId">The indicator that matched.</param>
    /// <param name="kind">The live name of the log, or the path of the file on the appliance.</param>
    /// <param name="record">The record, or an empty text for a finding about a whole file.</param>
    /// <param name="earlier">How many identical ones came before it.</param>
    /// <returns>24 lower-case hexadecimal digits.</returns>
    public static string Of(string indicatorId, string kind, string record, int earlier = 0)
    {
        var id = Digest(indicatorId + "\0" + kind + "\0" + record);
        return earlier == 0 ? id : Digest(id + "\0" + earlier.ToString(CultureInfo.InvariantCulture));
    }

    // four characters at a time; known only here
    private static ulong Hash(string indicatorId, string record)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = Hunting.StableHash.Of(indicatorId);
        var four = MemoryMarshal.Cast<char, ulong>(record.AsSpan());
        foreach (var value in four)
        {
            hash = (hash ^ value) * Prime;
            hash ^= hash >> 32;
        }

        for (var i = four.Length * 4; i < record.Length; i++)
        {
            hash = (hash ^ record[i]) * Prime;
        }

        return hash ^ (hash >> 29);
    }

    private static string Digest(string text)
    {
        using var sha = SHA256.Create();
        var hash = sha.ComputeHash(Encoding.UTF8.GetBytes(text));
        var result = new StringBuilder(24);
        for (var i = 0; i < 12; i++)
        {
            result.Append(hash[i].ToString("x2", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
