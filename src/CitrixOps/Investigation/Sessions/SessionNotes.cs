using System;
using System.Collections.Generic;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs.Formats;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Sessions;

/// <summary>
/// The uses of sessions in a block. Logins, logouts, refusals and lines that are written in an unusual way are left to the observer.
/// </summary>
internal sealed class SessionNotes : LineNotes
{
    private readonly SessionObserver _observer;
    private readonly AddressTexts _addresses = new();
    private readonly List<(NotedPlace Place, SessionUse Use)> _uses = new();
    private int _told;

    public SessionNotes(SessionObserver observer) => _observer = observer;

    public override void Clear()
    {
        _uses.Clear();
        _told = 0;
    }

    public override bool TryNote(ReadOnlySpan<byte> line, in NotedPlace place, LineHeads heads)
    {
        if (line.IndexOf(JoinedRecords.Separator) >= 0)
        {
            return !_observer.Wants(line);
        }

        if (!heads.TryGet(line, out var head))
        {
            return true;
        }

        var text = line.Slice(head.Text);
        var module = line.Slice(head.Module.Start, head.Module.Length);
        var name = line.Slice(head.Event.Start, head.Event.Length);
        if (module.Length == 0 || name.Length == 0 || IsCef(text))
        {
            return !_observer.Wants(line);
        }

        if (!(module.SequenceEqual("SSLVPN"u8) || module.SequenceEqual("AAA"u8) || module.SequenceEqual("AAATM"u8) || module.SequenceEqual("ICA"u8)))
        {
            return true;
        }

        if (name.SequenceEqual("Message"u8))
        {
            return line.IndexOf(MemoryLeaks.RefusedBytes) < 0;
        }

        if (name.SequenceEqual("LOGIN"u8) || name.SequenceEqual("LOGOUT"u8) || name.SequenceEqual("LOGIN_FAILED"u8) || !PlainAscii.Is(text) || text.IndexOf(MemoryLeaks.RefusedBytes) >= 0 || text.IndexOf("=<"u8) >= 0)
        {
            return false;
        }

        var words = new SessionWords();
        text = NsLogPairs.Trim(text);
        return (name.SequenceEqual("HTTPREQUEST"u8) ? words.TryRequest(text) : words.TryPairs(text)) && TryAdd(words, place);
    }

    public override void HandOver(int end, NotedLine lines)
    {
        for (; _told < _uses.Count && _uses[_told].Place.Lines < end; _told++)
        {
            var (place, use) = _uses[_told];
            _observer.Used(use, new DateTimeOffset(place.Ticks, TimeSpan.Zero), lines.Of(place));
        }
    }

    private bool TryAdd(in SessionWords words, in NotedPlace place)
    {
        if (words.IsOdd || (!words.HasUser && words.HasOtherUser))
        {
            return false;
        }

        var user = NsLogPairs.Trim(words.User);
        if (user.Length > 0)
        {
            var client = _addresses.Of(words.Client) ?? _addresses.Of(words.ContextClient);
            var source = words.Source.Length == 0 ? null : _addresses.OfEndpoint(NsLogPairs.Trim(words.Source), client);
            _uses.Add((place, new SessionUse(StableHash.OfLower(user), words.SessionId.Length == 0 ? 0 : SessionEvent.SessionHash(StableHash.Of(words.SessionId), client), client, source)));
        }

        return true;
    }

    // white space as texts are trimmed of it
    private static bool IsCef(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && text[start] is <= (byte)' ' or 0x85 or 0xa0)
        {
            start++;
        }

        return text.Slice(start).StartsWith("CEF:"u8);
    }
}
