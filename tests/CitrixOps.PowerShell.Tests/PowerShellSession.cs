using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace CitrixOps.PowerShell.Tests;

/// <summary>A fresh runspace of the real engine with the module imported, for one test.</summary>
internal sealed class PowerShellSession : IDisposable
{
    private readonly RecordingHost _host = new();
    private readonly List<string> _atEnd = [];
    private readonly Runspace _runspace;

    public PowerShellSession()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        var imported = Run($"Import-Module '{ManifestPath}' -ErrorAction Stop");
        Xunit.Assert.Empty(imported.Errors);
        Folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        Run($"$folder = '{Folder}'");
    }

    public static string Root { get; } = typeof(PowerShellSession).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;

    public static string ManifestPath { get; } = Path.Combine(Root, "artifacts", "CitrixOps", "CitrixOps.psd1");

    /// <summary>A folder for the test, <c>$folder</c> in scripts, gone afterwards.</summary>
    public string Folder { get; }

    public Result Run(string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        _host.Recording.Clear();
        var terminating = new List<ErrorRecord>();
        IReadOnlyList<PSObject> output = [];
        try
        {
            output = shell.AddScript(script).Invoke();
        }
        catch (RuntimeException e)
        {
            terminating.Add(e.ErrorRecord);
        }

        return new Result(output, [.. shell.Streams.Error, .. terminating], shell.Streams.Warning.Select(w => w.Message).ToArray(), shell.Streams.Information.ToArray(), shell.Streams.Progress.ToArray(), _host.Recording.ToString(), shell.Streams.Verbose.Select(v => v.Message).ToArray(), shell.Streams.Debug.Select(d => d.Message).ToArray());
    }

    /// <summary>Answers the questions that the next script asks: 0 yes, 1 yes to all, 2 no, 3 no to all.</summary>
    public void Answer(params int[] choices)
    {
        foreach (var choice in choices)
        {
            _host.Answers.Enqueue(choice);
        }
    }

    public void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script when the session is disposed.</summary>
    public void AtEnd(string script) => _atEnd.Add(script);

    /// <summary>Runs a script and stops it, as Ctrl+C does, once something has happened.</summary>
    public void Stopped(string script, Func<bool> when)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        var running = shell.AddScript(script).BeginInvoke();
        Xunit.Assert.True(System.Threading.SpinWait.SpinUntil(when, TimeSpan.FromSeconds(30)));
        shell.Stop();
        Xunit.Assert.True(running.IsCompleted);
    }

    /// <summary>What the default view shows.</summary>
    public string Rendered(string script) => Run(script + " | Out-Default").Rendered;

    public string File(string name, string content)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content, System.Text.Encoding.Latin1);
        return path;
    }

    public void Dispose()
    {
        foreach (var script in _atEnd)
        {
            Run(script);
        }

        _runspace.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    internal sealed record Result(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<InformationRecord> Information, IReadOnlyList<ProgressRecord> Progress, string Rendered, IReadOnlyList<string> Verbose, IReadOnlyList<string> Debug)
    {
        public IEnumerable<T> Of<T>() => Output.Select(o => (T)o.BaseObject);

        public string ErrorId => Errors.Single().FullyQualifiedErrorId.Split(',')[0];
    }
}
