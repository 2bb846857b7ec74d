using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>
/// Writes httpaccess.log of a busy gateway by seed: a hundred thousand clients of which few come often, visits that run side by side,
/// days and nights, bursts, and attack lines spread evenly.
/// </summary>
internal sealed class AccessLogWriter
{
    private const int VisitsAtOnce = 12;
    private const int Clients = 100_000;

    // so many attack lines per GB
    private const int AttacksPerGigabyte = 300;
    private readonly bool _withAttacks;
    private readonly Random _random;
    private readonly AttackLines _attacks;
    private readonly int[] _visitOf = AccessWords.Weights.SelectMany((w, i) => Enumerable.Repeat(i, w)).ToArray();
    private readonly (Request[] Requests, int Next, int Client, int Agent)[] _visits = new (Request[], int, int, int)[VisitsAtOnce];
    private readonly byte[] _stamp = new byte[26];
    private readonly byte[] _id = new byte[32];
    private DateTime _time;
    private int _burst;

    /// <summary>Starts a log.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="start">The time of its first line.</param>
    /// <param name="attacks">False for a log with nothing in it.</param>
    public AccessLogWriter(int seed, DateTime start, bool attacks = true)
    {
        _withAttacks = attacks;
        _random = new Random(seed);
        _attacks = new AttackLines(new Random(seed + 1));
        _time = start;
        Stamp();
        for (var i = 0; i < VisitsAtOnce; i++)
        {
            Begin(i);
        }
    }

    /// <summary>The time of the last line, local (an hour ahead of UTC).</summary>
    public DateTime Time => _time;

    /// <summary>Writes a piece of the log.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="planted">Gets the attack lines alone.</param>
    /// <param name="bytes">How long it is to be, at least.</param>
    public void Write(Stream output, Stream planted, long bytes)
    {
        var lines = new LineBuffer(output);
        var attacks = new LineBuffer(planted);
        var each = bytes / Math.Max(26, AttacksPerGigabyte * bytes >> 30);
        var next = each / 2;
        while (lines.Written < bytes)
        {
            Tick();
            if (_withAttacks && lines.Written >= next)
            {
                next += each;
                var seen = lines.Written;
                using var one = new MemoryStream();
                var line = new LineBuffer(one);
                _attacks.Write(line, _stamp);
                line.Flush();
                lines.Add(one.ToArray());
                attacks.Add(one.ToArray());
            }

            Line(lines, _random.Next(VisitsAtOnce));
        }

        lines.Flush();
        attacks.Flush();
    }

    // busy by day, quiet by night; now and then many requests within a second
    private void Tick()
    {
        if (_burst > 0)
        {
            _burst--;
            return;
        }

        if (_random.Next(3000) == 0)
        {
            _burst = _random.Next(50, 400);
        }

        var seconds = _time.Hour is >= 7 and < 19 ? _random.Next(5) / 4 : _random.Next(9) / 4;
        if (seconds > 0)
        {
            _time = _time.AddSeconds(seconds);
            Stamp();
        }
    }

    private void Line(LineBuffer line, int slot)
    {
        ref var visit = ref _visits[slot];
        if (visit.Next == visit.Requests.Length)
        {
            Begin(slot);
        }

        var request = visit.Requests[visit.Next++];
        Address(line, visit.Client);
        line.Add(" - - ["u8);
        line.Add(_stamp);
        line.Add("] \""u8);
        Target(line, request.Text);
        line.Add(" HTTP/1.1\" "u8);
        var unchanged = _random.Next(100) < request.Unchanged;
        line.Add(unchanged ? 304 : request.Status);
        line.Add((byte)' ');
        if (unchanged)
        {
            line.Add((byte)'-');
        }
        else
        {
            line.Add(request.Status == 404 ? 196 : _random.Next(120, 48_000));
        }

        line.Add(" \""u8);
        line.Add(AccessWords.Referers[_random.Next(AccessWords.Referers.Length)]);
        line.Add("\" \""u8);
        line.Add(AccessWords.Agents[visit.Agent]);
        line.Add("\" \"Time: "u8);
        line.Add(_random.Next(180, 90_000));
        line.Add(" microsecs\"\n"u8);
    }

    private void Begin(int slot)
    {
        // the cube makes few clients frequent
        var u = _random.NextDouble();
        var client = (int)(u * u * u * Clients);
        _visits[slot] = (AccessWords.Visits[_visitOf[_random.Next(_visitOf.Length)]], 0, client, client * 7919 % AccessWords.Agents.Length);
    }

    // the range set aside for benchmarks; one in ten comes with IPv6
    private static void Address(LineBuffer line, int client)
    {
        if (client % 10 == 0)
        {
            line.Add("2001:db8:"u8);
            line.Add(1000 + (client % 7919));
            line.Add("::"u8);
            line.Add(1 + (client % 997));
            return;
        }

        line.Add(client < 65536 ? "198.18."u8 : "198.19."u8);
        line.Add((client >> 8) & 255);
        line.Add((byte)'.');
        line.Add(client & 255);
    }

    private void Target(LineBuffer line, ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny("#@~"u8); at >= 0; at = text.IndexOfAny("#@~"u8))
        {
            line.Add(text[..at]);
            switch (text[at])
            {
                case (byte)'#':
                    line.Add(_random.Next(1, 9999));
                    break;
                case (byte)'~':
                    line.Add(AccessWords.Texts[_random.Next(AccessWords.Texts.Length)]);
                    break;
                default:
                    _random.GetItems("0123456789ABCDEF"u8, _id);
                    line.Add(_id);
                    break;
            }

            text = text[(at + 1)..];
        }

        line.Add(text);
    }

    private void Stamp() => Encoding.ASCII.GetBytes(_time.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + " +0100", _stamp);
}
