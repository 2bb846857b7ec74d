namespace CitrixOps.Investigation.Hunting;

/// <summary>A 64-bit hash that is the same in every process (FNV-1a).</summary>
internal static class StableHash
{
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text, ulong seed = Start)
    {
        var hash = seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }
}
