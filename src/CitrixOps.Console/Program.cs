using System;
using CitrixOps.Console;

var options = CommandLine.Parse(args, out var error);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(CommandLine.Usage);
    return ExitCodes.Usage;
}

if (options.Mode == ConsoleMode.Help)
{
    Console.WriteLine(CommandLine.Usage);
    return ExitCodes.Success;
}

var module = StagedModule.Find(options.Module);
if (module is null)
{
    Console.Error.WriteLine("The staged module was not found. Build it with 'dotnet build CitrixOps.sln', or name its psd1 with -Module.");
    return ExitCodes.Failure;
}

using var session = new EngineSession(module, interactive: options.Mode == ConsoleMode.Prompt);
if (session.ImportError is { } failure)
{
    Console.Error.WriteLine("The module could not be imported: " + failure);
    return ExitCodes.Failure;
}

return options.Mode switch
{
    ConsoleMode.File => session.RunFile(options.Text!, options.Arguments),
    ConsoleMode.Command => session.RunCommand(options.Text!),
    _ => new Prompt(session, options.Banner).Run(),
};
