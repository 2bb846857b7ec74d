using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.Simulator.Hosting;

/// <summary>
/// The simulator as a process of its own, for tests that end processes. It is told what to do over its control address, and goes with
/// the process that started it.
/// </summary>
public sealed class SimulatorProcess : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private readonly HttpClient _control;

    private SimulatorProcess(Process process, IReadOnlyList<string> lines)
    {
        Process = process;
        Lines = lines;
        _control = new HttpClient { BaseAddress = new Uri(lines.First(l => l.StartsWith("control ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) };
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>What it printed until it was ready.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The management addresses, the primary's first.</summary>
    public IReadOnlyList<Uri> Uris => Lines.Where(IsNode).Select(l => new Uri(Field(l, 1))).ToList();

    /// <summary>The SHA-256 of the certificates, in the same order.</summary>
    public IReadOnlyList<string> Thumbprints => Lines.Where(IsNode).Select(l => Field(l, 4)).ToList();

    /// <summary>The user that may do everything.</summary>
    public string User => Field(Lines.First(l => l.StartsWith("user ", StringComparison.Ordinal)), 1);

    /// <summary>Its password.</summary>
    public string Password => Field(Lines.First(l => l.StartsWith("user ", StringComparison.Ordinal)), 3);

    /// <summary>Where it is controlled.</summary>
    public Uri Control => _control.BaseAddress!;

    /// <summary>Starts a scenario in a process of its own.</summary>
    /// <param name="scenario">Its name.</param>
    /// <param name="arguments">Further options of the command line.</param>
    /// <exception cref="InvalidOperationException">It ended before it was ready; the message holds what it printed.</exception>
    public static async Task<SimulatorProcess> Start(string scenario, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { typeof(SimulatorProcess).Assembly.Location, "--scenario", scenario, "--parent", Environment.ProcessId.ToString(CultureInfo.InvariantCulture) }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                return new SimulatorProcess(process, lines);
            }
        }

        var problem = await process.StandardError.ReadToEndAsync();
        process.Dispose();
        throw new InvalidOperationException($"The simulator ended: {string.Join(' ', lines)} {problem}");
    }

    /// <summary>What becomes of a connection to the gateway right now.</summary>
    /// <param name="source">From where.</param>
    /// <param name="address">To which VIP.</param>
    /// <param name="port">To which port.</param>
    /// <param name="isUdp">True for UDP.</param>
    public async Task<Answer> Ask(IPAddress source, string address, int port = 443, bool isUdp = false) =>
        JsonSerializer.Deserialize<Answer>(await _control.GetStringAsync(new Uri($"ask?from={source}&to={address}&port={port}&udp={(isUdp ? "true" : "false")}", UriKind.Relative)), Format)!;

    /// <summary>State and counters, as the control address tells them.</summary>
    public async Task<JsonObject> State() => JsonNode.Parse(await _control.GetStringAsync(new Uri("", UriKind.Relative)))!.AsObject();

    /// <summary>Sends a command, such as <c>fault?kind=LoseResponse&amp;type=nsacls</c>.</summary>
    /// <param name="command">The command with its arguments.</param>
    /// <param name="method">The method; POST where none is given.</param>
    public async Task Send(string command, string method = "POST")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(command, UriKind.Relative));
        using var response = await _control.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{command}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill();
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    private static bool IsNode(string line) => line.StartsWith("primary ", StringComparison.Ordinal) || line.StartsWith("secondary ", StringComparison.Ordinal);

    private static string Field(string line, int number) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[number];
}
