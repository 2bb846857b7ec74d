using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>The results as a Markdown table, with the machine named.</summary>
internal sealed class Table
{
    private readonly List<string> _rows = [];

    /// <summary>Adds a row of ours beside a peer.</summary>
    /// <param name="what">What was searched.</param>
    /// <param name="ours">Seconds of ours.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="seconds">Its seconds.</param>
    /// <param name="target">The most that the ratio is to be; null where nothing is asked.</param>
    public void Ratio(string what, double ours, string peer, double seconds, double? target) =>
        Add(what, FormattableString.Invariant($"{ours:0.000} s"), FormattableString.Invariant($"{peer}: {seconds:0.000} s"), FormattableString.Invariant($"{ours / seconds:0.00}"), target is { } most ? FormattableString.Invariant($"{most}") : "", target is { } limit ? ours / seconds <= limit : null);

    /// <summary>Adds a row of a figure by itself.</summary>
    public void Figure(string what, double value, string unit, double target) =>
        Add(what, FormattableString.Invariant($"{value:0.##} {unit}"), "", "", FormattableString.Invariant($"{target} {unit}"), value <= target);

    /// <summary>Adds a row for what was not measured.</summary>
    public void Missing(string what, string why) => Add(what, "not measured", why, "", "", null);

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter writer, string conditions)
    {
        writer.WriteLine(Machine());
        writer.WriteLine(conditions);
        writer.WriteLine();
        writer.WriteLine("| What | CitrixOps | Beside | Ratio | At most | |");
        writer.WriteLine("|---|---|---|---|---|---|");
        _rows.ForEach(writer.WriteLine);
    }

    private static string Machine()
    {
        static string Field(string file, string name, char separator) => File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].TrimStart(' ', '\t', separator).Trim('"') ?? "" : "";
        return $"{Field("/proc/cpuinfo", "model name", ':')} ({RuntimeInformation.ProcessArchitecture}), {Environment.ProcessorCount} cores, {Field("/etc/os-release", "PRETTY_NAME", '=')}, {RuntimeInformation.FrameworkDescription}.";
    }

    private void Add(string what, string ours, string beside, string ratio, string target, bool? met) =>
        _rows.Add($"| {what} | {ours} | {beside} | {ratio} | {target} | {(met is { } yes ? yes ? "met" : "**not met**" : "")} |");
}
