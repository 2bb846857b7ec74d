using CitrixOps.Logs;

namespace CitrixOps.Investigation.Hunting;

/// <summary>Where a noted line stands in its block, and when it was written.</summary>
/// <param name="Lines">Lines before it.</param>
/// <param name="Bytes">Bytes before it.</param>
/// <param name="Ticks">Its time in UTC.</param>
/// <param name="Trust">How far the time can be relied on.</param>
internal readonly record struct NotedPlace(int Lines, int Bytes, long Ticks, TimeTrust Trust);
