using System;
using System.Net;

namespace CitrixOps.Simulator.Wire;

/// <summary>Names in paths arrive encoded twice, in two dialects; single encoding works for simple names.</summary>
internal static class NameDecoding
{
    public static string OfPath(string segment) => WebUtility.UrlDecode(Uri.UnescapeDataString(segment));

    public static string OfQuery(string value) => Uri.UnescapeDataString(value);
}
