using System;
using System.Collections.Generic;
using System.Management.Automation;
using Output = System.Console;

namespace CitrixOps.Console;

/// <summary>Edits one line: cursor, history, completion. Reads plain lines where the input is redirected.</summary>
internal sealed class LineEditor
{
    private readonly List<string> _history = [];
    private string _prompt = "";
    private string _text = "";
    private int _cursor;
    private CommandCompletion? _completion;

    /// <summary>Reads a line; null at the end of the input.</summary>
    public string? Read(string prompt)
    {
        if (Output.IsInputRedirected)
        {
            return Output.ReadLine();
        }

        (_prompt, _text, _cursor, _completion) = (prompt, "", 0, null);
        Output.Write(prompt);
        var recalled = _history.Count;
        while (true)
        {
            var key = Output.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Tab)
            {
                Complete((key.Modifiers & ConsoleModifiers.Shift) == 0);
                continue;
            }

            _completion = null;
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    Output.WriteLine();
                    Remember();
                    return _text;
                case ConsoleKey.D when (key.Modifiers & ConsoleModifiers.Control) != 0 && _text.Length == 0:
                    Output.WriteLine();
                    return null;
                case ConsoleKey.UpArrow when recalled > 0:
                    Set(_history[--recalled]);
                    break;
                case ConsoleKey.DownArrow when recalled < _history.Count:
                    recalled++;
                    Set(recalled < _history.Count ? _history[recalled] : "");
                    break;
                default:
                    Edit(key);
                    break;
            }
        }
    }

    private void Edit(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace when _cursor > 0:
                _text = _text.Remove(--_cursor, 1);
                break;
            case ConsoleKey.Delete when _cursor < _text.Length:
                _text = _text.Remove(_cursor, 1);
                break;
            case ConsoleKey.LeftArrow when _cursor > 0:
                _cursor--;
                break;
            case ConsoleKey.RightArrow when _cursor < _text.Length:
                _cursor++;
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _text.Length;
                break;
            case ConsoleKey.Escape:
                Set("");
                return;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    _text = _text.Insert(_cursor++, key.KeyChar.ToString());
                }

                break;
        }

        Draw();
    }

    // the next candidate at each Tab, the previous with Shift
    private void Complete(bool forward)
    {
        _completion ??= CommandCompletion.CompleteInput(_text, _cursor, null, System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace));
        if (_completion.CompletionMatches.Count == 0)
        {
            return;
        }

        var result = _completion.GetNextResult(forward);
        _text = _text.Remove(_completion.ReplacementIndex, _completion.ReplacementLength).Insert(_completion.ReplacementIndex, result.CompletionText);
        _completion.ReplacementLength = result.CompletionText.Length;
        _cursor = _completion.ReplacementIndex + result.CompletionText.Length;
        Draw();
    }

    private void Remember()
    {
        if (_text.Trim().Length > 0 && (_history.Count == 0 || _history[^1] != _text))
        {
            _history.Add(_text);
        }
    }

    private void Set(string text)
    {
        _text = text;
        _cursor = text.Length;
        Draw();
    }

    private void Draw()
    {
        Output.Write("\r\u001b[K" + _prompt + _text);
        var back = _text.Length - _cursor;
        if (back > 0)
        {
            Output.Write($"\u001b[{back}D");
        }
    }
}
