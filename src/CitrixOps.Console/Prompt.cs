using System;
using System.Management.Automation.Language;
using Output = System.Console;

namespace CitrixOps.Console;

/// <summary>The interactive prompt: reads lines until they are a whole command, runs them, until exit.</summary>
internal sealed class Prompt
{
    private const string Banner = """
        CitrixOps console: the PowerShell engine with the CitrixOps module.
        It has the language, the pipeline, help, completion and the core commands. It lacks the Utility, Management and Security modules of
        full PowerShell (Sort-Object, Select-Object, Format-Table, Export-Csv, ConvertTo-Json, Get-ChildItem, Write-Host, ...).
        Start with: Get-Help about_CitrixOps. Tab completes, arrows recall, exit leaves.

        """;

    private readonly EngineSession _session;
    private readonly bool _banner;
    private readonly LineEditor _editor = new();

    public Prompt(EngineSession session, bool banner)
    {
        _session = session;
        _banner = banner;
    }

    public int Run()
    {
        if (_banner)
        {
            Output.WriteLine(Banner);
        }

        while (_session.Host.ExitCode is null)
        {
            var text = ReadCommand();
            if (text is null)
            {
                break;
            }

            if (text.Trim().Length > 0)
            {
                _session.RunLine(text);
            }
        }

        return _session.Host.ExitCode ?? ExitCodes.Success;
    }

    // goes on while a brace, a quote or a pipe is open
    private string? ReadCommand()
    {
        var text = _editor.Read("CitrixOps> ");
        while (text is not null)
        {
            Parser.ParseInput(text, out _, out var errors);
            if (!Array.Exists(errors, e => e.IncompleteInput))
            {
                return text;
            }

            var more = _editor.Read(">> ");
            if (more is null or "")
            {
                return text;
            }

            text += "\n" + more;
        }

        return null;
    }
}
