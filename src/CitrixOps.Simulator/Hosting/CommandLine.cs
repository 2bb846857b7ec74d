using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.Simulator.Hosting;

/// <summary>The command line of the simulator.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        A NetScaler to rehearse against: NITRO over HTTPS on loopback.

        --scenario <name>    the scenario to run (--list shows them)
        --port <number>      the port of the management addresses; without it a free one
        --password <text>    the password of nsroot; without it Rehearsal-1
        --traffic            answer for the virtual servers too, on loopback ports
        --latency <ms>       delay before each answer
        --control <port>     the port of the control address (plain HTTP on loopback); without it a free one
        --scenarios <folder> a folder with scenarios of your own
        --parent <id>        stop when this process ends; without it the one that started this
        --list               list the scenarios
        --help               this text

        Stops on Ctrl+C. Faults can be asked for by request with the header X-Simulator-Fault:
        Slow=500, CutAfterHeaders, CutBody, WrongLength, LoseResponse, Refuse, Html503,
        ChangeCertificate, KillSession, ErrorCode=1138, CloseAfter, Silence, Gzip.
        """;

    private static readonly string[] WithValue = ["--scenario", "--port", "--control", "--password", "--latency", "--scenarios", "--parent"];
    private static readonly string[] Alone = ["--traffic", "--list", "--help", "-h", "-?"];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? Problem { get; private set; }

    public bool WantsHelp => Has("--help") || Has("-h") || Has("-?");

    public bool WantsList => Has("--list");

    public string? Scenario => Text("--scenario");

    public string? Folder => Text("--scenarios");

    public int? Parent => Number("--parent");

    public SimulatorOptions Options => new()
    {
        Port = Number("--port") ?? 0,
        Password = Text("--password") ?? new SimulatorOptions().Password,
        Latency = TimeSpan.FromMilliseconds(Number("--latency") ?? 0),
        Traffic = Has("--traffic"),
        Control = Number("--control") ?? 0,
        ScenarioFolder = Folder,
    };

    public static CommandLine Parse(string[] arguments)
    {
        var line = new CommandLine();
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (Alone.Contains(name))
            {
                line._values[name] = "";
            }
            else if (WithValue.Contains(name) && i + 1 < arguments.Length)
            {
                line._values[name] = arguments[++i];
            }
            else
            {
                line.Problem ??= WithValue.Contains(name) ? $"{name} needs a value." : $"There is no option '{name}'.";
            }
        }

        foreach (var number in new[] { "--port", "--control", "--latency", "--parent" }.Where(n => line.Has(n) && line.Number(n) is null))
        {
            line.Problem ??= $"{number} needs a number.";
        }

        if (line.Scenario is null && !line.WantsHelp && !line.WantsList)
        {
            line.Problem ??= "Name a scenario with --scenario.";
        }

        return line;
    }

    private bool Has(string name) => _values.ContainsKey(name);

    private string? Text(string name) => _values.TryGetValue(name, out var value) ? value : null;

    private int? Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
