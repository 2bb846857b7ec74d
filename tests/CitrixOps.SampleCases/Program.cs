using System;
using System.IO;
using CitrixOps.SampleCases;

// Writes the sample case that the repository carries: two gateways of one municipality, one attempted, one broken into.
var folder = args.Length == 1 ? args[0] : throw new ArgumentException("give the folder to write to, for example examples/sample-case");
Directory.CreateDirectory(folder);
foreach (var options in SampleCase.Gateways)
{
    Console.WriteLine(GatewayCase.Build(options).WriteTarGz(folder, options.RootName));
}
