using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Scenarios;

var line = CommandLine.Parse(args);
if (line.WantsHelp)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

if (line.Problem is { } problem)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine("--help shows the options.");
    return 2;
}

if (line.WantsList)
{
    foreach (var name in Scenario.Names(line.Folder))
    {
        Console.WriteLine($"{name,-28} {Scenario.Load(name, line.Folder).Title}");
    }

    return 0;
}

SimulatorHost host;
try
{
    host = await SimulatorHost.Start(line.Scenario!, line.Options);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

await using (host)
{
    Console.WriteLine(host.Title);
    foreach (var node in host.Nodes)
    {
        Console.WriteLine($"{(node.IsPrimary ? "primary  " : "secondary")} {node.Uri} {node.Version} SHA-256 {node.Thumbprint}");
    }

    Console.WriteLine($"user      {host.User} password {host.Password}");
    foreach (var port in host.Ports)
    {
        Console.WriteLine($"traffic   {port.Address}:{port.Port} from {(port.IsInside ? "inside " : "outside")} is {(port.IsTls ? "https" : "http")}://127.0.0.1:{port.LocalPort}/");
    }

    Console.WriteLine($"control   {host.Control}");
    Console.WriteLine("ready (Ctrl+C stops)");
    using var stop = new CancellationTokenSource();
    void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }

    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    try
    {
        await ParentWatch.Ended(line.Parent, stop.Token);
    }
    catch (OperationCanceledException)
    {
        // asked to stop
    }

    Console.WriteLine($"stopped after {host.Nodes.Sum(n => n.Counters.Requests)} requests; {host.Nodes.Sum(n => n.OpenSessions)} sessions left open");
}

return 0;
