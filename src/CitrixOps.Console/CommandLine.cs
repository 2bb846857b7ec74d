using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Console;

/// <summary>The console's command line.</summary>
internal sealed record CommandLine(ConsoleMode Mode, string? Text, IReadOnlyList<string> Arguments, string? Module, bool Banner)
{
    public const string Usage = """
        CitrixOps.Console: the PowerShell engine with the CitrixOps module.

          -File <script> [arguments]   run a script; its exit code is passed on
          -Command <text>              run a command
          -Module <psd1>               import this module instead of the staged one
          -NoBanner                    start the prompt without words
          -Help                        this text

        Without -File or -Command it starts a prompt.
        """;

    /// <summary>Reads the arguments; null and a reason when they cannot be understood.</summary>
    public static CommandLine? Parse(string[] args, out string error)
    {
        error = "";
        string? module = null;
        var banner = true;
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i].TrimStart('-').ToLowerInvariant())
            {
                case "file" or "f" when value is not null:
                    return new CommandLine(ConsoleMode.File, value, args.Skip(i + 2).ToArray(), module, banner);
                case "command" or "c" when value is not null:
                    return new CommandLine(ConsoleMode.Command, string.Join(' ', args.Skip(i + 1)), [], module, banner);
                case "module" when value is not null:
                    module = value;
                    i++;
                    break;
                case "nobanner" or "nologo" or "noprofile" or "noninteractive":
                    banner = false;
                    break;
                case "help" or "h" or "?":
                    return new CommandLine(ConsoleMode.Help, null, [], module, banner);
                default:
                    error = $"'{args[i]}' is not understood, or its value is missing.";
                    return null;
            }
        }

        return new CommandLine(ConsoleMode.Prompt, null, [], module, banner);
    }
}
