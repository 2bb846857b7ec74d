using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using Output = System.Console;

namespace CitrixOps.Console;

/// <summary>Streams and questions. Errors, warnings and progress go to standard error; escape sequences only to a terminal that wants colour.</summary>
internal sealed class ConsoleUI : PSHostUserInterface
{
    private readonly bool _interactive;
    private readonly ProgressLine _progress = new();

    public ConsoleUI(bool interactive) => _interactive = interactive;

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUI();

    public override bool SupportsVirtualTerminal => TerminalText.Colour;

    public override string ReadLine() => Output.ReadLine() ?? "";

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        if (Output.IsInputRedirected)
        {
            foreach (var c in Output.ReadLine() ?? "")
            {
                secret.AppendChar(c);
            }

            return secret;
        }

        for (var key = Output.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Output.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        Output.WriteLine();
        return secret;
    }

    public override void Write(string value)
    {
        _progress.Clear();
        Output.Write(TerminalText.ForOutput(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value)
    {
        _progress.Clear();
        Output.WriteLine(TerminalText.ForOutput(value));
    }

    public override void WriteErrorLine(string value) => ToError("31", value);

    public override void WriteDebugLine(string message) => ToError("36", "DEBUG: " + message);

    public override void WriteVerboseLine(string message) => ToError("36", "VERBOSE: " + message);

    public override void WriteWarningLine(string message) => ToError("33", "WARNING: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(record);

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            Write(field.Name + ": ");
            answers[field.Name] = PSObject.AsPSObject(field.ParameterTypeName == nameof(SecureString) ? ReadLineAsSecureString() : ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        if (!_interactive && Output.IsInputRedirected && Output.In.Peek() < 0)
        {
            throw new PSInvalidOperationException("A question was asked and nobody can answer: " + message);
        }

        WriteLine(caption);
        WriteLine(message);
        while (true)
        {
            Write(string.Join("  ", choices.Select(c => $"[{Key(c)}] {c.Label.Replace("&", "")}")) + (defaultChoice >= 0 ? $" (default is {Key(choices[defaultChoice])}): " : ": "));
            var line = Output.ReadLine();
            if (line is null)
            {
                throw new PSInvalidOperationException("A question was asked and nobody can answer: " + message);
            }

            var answer = line.Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            for (var i = 0; i < choices.Count; i++)
            {
                if (string.Equals(answer, Key(choices[i]), StringComparison.OrdinalIgnoreCase) || string.Equals(answer, choices[i].Label.Replace("&", ""), StringComparison.OrdinalIgnoreCase))
                {
                    return i;
                }
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        WriteLine(message);
        var user = userName;
        if (string.IsNullOrEmpty(user))
        {
            Write("User: ");
            user = ReadLine();
        }

        Write($"Password for user {user}: ");
        return new PSCredential(user, ReadLineAsSecureString());
    }

    private static string Key(ChoiceDescription choice)
    {
        var at = choice.Label.IndexOf('&');
        return at >= 0 && at + 1 < choice.Label.Length ? choice.Label[at + 1].ToString().ToUpperInvariant() : choice.Label;
    }

    private void ToError(string colour, string value)
    {
        _progress.Clear();
        Output.Error.WriteLine(TerminalText.ForError(value, colour));
    }
}
