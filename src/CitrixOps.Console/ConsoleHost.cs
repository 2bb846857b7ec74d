using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace CitrixOps.Console;

/// <summary>The engine's view of this console.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUI _ui;

    public ConsoleHost(bool interactive) => _ui = new ConsoleUI(interactive);

    /// <summary>The code of <c>exit N</c>, once it was called.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "CitrixOps.Console";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This console has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This console has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
