using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.InteropServices;

namespace CitrixOps.Console;

/// <summary>One runspace of the real engine with the module imported; runs scripts and commands, and stops them on Ctrl+C.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Runspace _runspace;
    private readonly ConsoleHost _host;
    private readonly PosixSignalRegistration _interrupt;
    private PowerShell? _running;
    private volatile bool _interrupted;

    public EngineSession(string module, bool interactive)
    {
        _host = new ConsoleHost(interactive);
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.RemoteSigned;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        ImportError = Import(module);
    }

    /// <summary>Why the module could not be imported, or null.</summary>
    public string? ImportError { get; }

    public Runspace Runspace => _runspace;

    public ConsoleHost Host => _host;

    /// <summary>Runs a script file with its arguments.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            _host.UI.WriteErrorLine($"There is no script '{path}'.");
            return ExitCodes.Failure;
        }

        // exit inside the script ends the script: its code is passed on; a script that could not be started has failed
        return Run("$global:LASTEXITCODE = 0; & " + Quote(full) + string.Concat(arguments.Select(a => " " + Argument(a))) + "; if (-not $?) { exit $(if ($LASTEXITCODE) { $LASTEXITCODE } else { 1 }) }", inScript: true);
    }

    /// <summary>Runs a command text.</summary>
    public int RunCommand(string text) => Run(text, inScript: true);

    /// <summary>Runs a line of the prompt.</summary>
    public void RunLine(string text) => Run(text, inScript: false);

    public void Dispose()
    {
        _interrupt.Dispose();
        _runspace.Dispose();
    }

    private int Run(string text, bool inScript)
    {
        _interrupted = false;
        var failed = false;
        using (var shell = PowerShell.Create(_runspace))
        {
            _running = shell;
            shell.AddScript(text, useLocalScope: false);
            shell.AddCommand("Out-Default");
            shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            try
            {
                shell.Invoke();
            }
            catch (PipelineStoppedException)
            {
                _interrupted = true;
            }
            catch (RuntimeException e)
            {
                failed = true;
                _host.UI.WriteErrorLine(ErrorText.Of(e.ErrorRecord));
            }
            finally
            {
                _running = null;
            }
        }

        if (_interrupted)
        {
            return ExitCodes.Stopped;
        }

        return inScript && _host.ExitCode is { } exit ? exit : failed ? ExitCodes.Failure : ExitCodes.Success;
    }

    private string? Import(string module)
    {
        using var shell = PowerShell.Create(_runspace);
        try
        {
            shell.AddCommand("Import-Module").AddParameter("Name", module).AddParameter("ErrorAction", "Stop").Invoke();
            return null;
        }
        catch (RuntimeException e)
        {
            return e.Message;
        }
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted = true;
        _running?.BeginStop(null, null);
    }

    // parameter names and switches pass as they are, values as text
    private static string Argument(string text) =>
        text.Length > 1 && text[0] == '-' && char.IsLetter(text[1]) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or ':') ? text : Quote(text);

    private static string Quote(string text) => "'" + text.Replace("'", "''") + "'";
}
