using System;
using System.Management.Automation;
using Output = System.Console;

namespace CitrixOps.Console;

/// <summary>Progress as one line on the terminal's error stream; nothing where that is redirected.</summary>
internal sealed class ProgressLine
{
    private int _shown;

    public void Show(ProgressRecord record)
    {
        if (Output.IsErrorRedirected)
        {
            return;
        }

        Clear();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var text = $"{record.Activity}:{percent} {record.StatusDescription}";
        var width = Math.Max(20, Output.BufferWidth - 1);
        text = text.Length > width ? text[..width] : text;
        Output.Error.Write(text);
        _shown = text.Length;
    }

    public void Clear()
    {
        if (_shown > 0)
        {
            Output.Error.Write("\r" + new string(' ', _shown) + "\r");
            _shown = 0;
        }
    }
}
