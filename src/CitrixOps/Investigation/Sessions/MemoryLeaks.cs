using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Sessions;

/// <summary>
/// CVE-2025-5777 echoes memory of the packet engine as the user name of a refused login. A name in UTF-8 is no memory, nor is one in
/// Latin-1: letters with a few accents. Counted per client address.
/// </summary>
internal sealed class MemoryLeaks
{
    private const string Refused = "Authentication is rejected for ";
    private const int MostAddresses = 20_000;
    private const int HarvestAt = 10;
    private const int GarbagePerHour = 30;
    private const int EmptyPerHour = 200;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, Tally> _addresses = new(StringComparer.Ordinal);

    /// <summary>What a message of a refused login has.</summary>
    public static ReadOnlySpan<byte> RefusedBytes => "Authentication is rejected for "u8;

    /// <summary>A message of the authentication module.</summary>
    public void Message(LogRecord record, in LineContext context)
    {
        var at = record.Raw.IndexOf(Refused, StringComparison.Ordinal);
        if (at < 0)
        {
            return;
        }

        var start = at + Refused.Length;
        var end = record.Raw.IndexOf(" (client ip", start, StringComparison.Ordinal);
        var name = end < 0 ? record.Raw.Substring(start) : record.Raw.Substring(start, end - start);
        if (!IsMemory(name) || Of(end < 0 ? null : ClientOf(record.Raw, end)) is not { } tally)
        {
            return;
        }

        tally.Leaks++;
        tally.Leak ??= new Evidence(record, context);
    }

    /// <summary>A failed login.</summary>
    public void Failed(LogRecord record, in LineContext context)
    {
        var user = record["User"] ?? "";
        var garbage = user.Any(c => c < ' ' || c == 0x7f) || IsMemory(user);
        if ((!garbage && user.Trim().Length > 0) || context.Time is not { } time || Of(record["Client_ip"]) is not { } tally)
        {
            return;
        }

        var hours = garbage ? tally.Garbage : tally.Empty;
        var hour = time.UtcTicks / TimeSpan.TicksPerHour;
        hours.TryGetValue(hour, out var before);
        hours[hour] = before + 1;
        tally.Failure ??= new Evidence(record, context);
    }

    public void Complete(FindingCollector collector)
    {
        foreach (var (address, tally) in _addresses.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value)))
        {
            var source = address.Length > 0 ? address : null;
            if (tally.Leak is { } leak)
            {
                collector.Conclude(SessionHeuristics.LeakAttempt, leak, source, FormattableString.Invariant($"{tally.Leaks} refused logins with memory as the user name."), address);
                if (tally.Leaks >= HarvestAt)
                {
                    collector.Conclude(SessionHeuristics.LeakHarvest, leak, source, FormattableString.Invariant($"{tally.Leaks} refused logins with memory as the user name."), address);
                }
            }

            var (garbage, empty) = (tally.Garbage.Values.DefaultIfEmpty().Max(), tally.Empty.Values.DefaultIfEmpty().Max());
            if (tally.Failure is { } failure && (garbage >= GarbagePerHour || empty >= EmptyPerHour))
            {
                collector.Conclude(SessionHeuristics.GarbageBurst, failure, source, FormattableString.Invariant($"Within one hour {garbage} refused logins with unprintable and {empty} with empty user names."), address);
            }
        }
    }

    /// <summary>Whether a name, one character per byte, is neither UTF-8 nor a name in Latin-1.</summary>
    internal static bool IsMemory(string name)
    {
        var high = name.Count(c => c >= 0x80);
        if (high == 0)
        {
            return false;
        }

        try
        {
            Utf8.GetString(Encoding.GetEncoding(28591).GetBytes(name));
            return false;
        }
        catch (DecoderFallbackException)
        {
            var letters = name.Count(c => c >= 0xc0 && c is not ('\u00d7' or '\u00f7'));
            var plain = name.Count(c => c is >= ' ' and < '\u007f');
            return letters != high || high * 2 > plain || name.Any(c => c < ' ');
        }
    }

    private static string? ClientOf(string raw, int at)
    {
        var colon = raw.IndexOf(':', at);
        var end = colon < 0 ? -1 : raw.IndexOfAny(new[] { ',', ')' }, colon);
        return end < 0 ? null : raw.Substring(colon + 1, end - colon - 1);
    }

    private Tally? Of(string? client)
    {
        var key = ClientAddress.TryParse(client, out var address) ? address.ToString() : "";
        if (!_addresses.TryGetValue(key, out var tally))
        {
            if (_addresses.Count >= MostAddresses)
            {
                return null;
            }

            _addresses[key] = tally = new Tally();
        }

        return tally;
    }

    private sealed class Tally
    {
        public long Leaks { get; set; }

        public Evidence? Leak { get; set; }

        public Evidence? Failure { get; set; }

        public Dictionary<long, long> Garbage { get; } = new();

        public Dictionary<long, long> Empty { get; } = new();
    }
}
