using System;
using CitrixOps.Benchmarks;

// closing: a closing against one call per object, and 40 gateways against one, on simulated appliances that answer after 50 ms
switch (args is [var name, ..] ? name : "")
{
    case "closing":
        await ClosingBenchmark.Run();
        return 0;
    default:
        Console.WriteLine("closing");
        return 2;
}
