using System;
using System.Collections.Generic;
using System.IO;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CitrixOps.Benchmarks.Corpus;
using CitrixOps.Benchmarks.Whole;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Benchmarks.Parts;

/// <summary>The parts of the search, each by itself, on 4 MB of an access log. Figures are for all of it unless the name says otherwise.</summary>
[MemoryDiagnoser]
public class PartBenchmarks
{
    private readonly ILogFormat _format = LogFormats.ByType(LogTypes.HttpAccess)!;
    private readonly LogRecord _record = new();
    private readonly List<LogRule> _hits = [];
    private byte[] _block = [];
    private Range[] _lines = [];
    private string _attack = "";
    private LogMatcher _matcher = null!;

    /// <summary>Runs them.</summary>
    /// <param name="args">BenchmarkDotNet's options.</param>
    internal static void Run(string[] args) =>
        BenchmarkSwitcher.FromTypes([typeof(PartBenchmarks)]).Run(args, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "citrixops-parts")));

    /// <summary>Makes the log and compiles the rules.</summary>
    [GlobalSetup]
    public void Setup()
    {
        using var log = new MemoryStream();
        using var planted = new MemoryStream();
        new AccessLogWriter(1, new DateTime(2023, 6, 1, 0, 0, 3, DateTimeKind.Unspecified)).Write(log, planted, 4 << 20);
        _block = log.ToArray();
        _attack = System.Text.Encoding.Latin1.GetString(planted.ToArray()).Split('\n')[0];
        _matcher = Engine.ShippedRules().MatcherFor(LogTypes.HttpAccess);
        var lines = new List<Range>();
        for (var start = 0; start < _block.Length;)
        {
            var end = start + _block.AsSpan(start).IndexOf((byte)'\n');
            lines.Add(start..end);
            start = end + 1;
        }

        _lines = [.. lines];
    }

    /// <summary>The prefilter.</summary>
    [Benchmark]
    public int Filter()
    {
        var candidates = 0;
        var lines = _matcher.Candidates(_block);
        for (var at = lines.Next(0); at >= 0; at = lines.Next(at))
        {
            candidates++;
            at += _block.AsSpan(at).IndexOf((byte)'\n') + 1;
        }

        return candidates;
    }

    /// <summary>The time of each line.</summary>
    [Benchmark]
    public int Stamps()
    {
        var stamps = 0;
        foreach (var line in _lines)
        {
            stamps += _format.TryReadStamp(_block.AsSpan(line), out _) ? 1 : 0;
        }

        return stamps;
    }

    /// <summary>The lines alone.</summary>
    [Benchmark]
    public long Lines()
    {
        using var reader = new LogLineReader(new MemoryStream(_block), "block");
        while (reader.Next())
        {
        }

        return reader.Number;
    }

    /// <summary>One line: fields, and all rules.</summary>
    [Benchmark]
    public int OneLine()
    {
        _hits.Clear();
        _record.Reset(LogTypes.HttpAccess, _attack);
        _format.Parse(_record);
        _matcher.Match(_record, _hits);
        return _hits.Count;
    }

    /// <summary>All shipped rules, read and compiled for one log.</summary>
    [Benchmark]
    public LogMatcher Rules() => Engine.ShippedRules().MatcherFor(LogTypes.HttpAccess);
}
