namespace CitrixOps.Console;

/// <summary>What the console is asked to do.</summary>
internal enum ConsoleMode
{
    /// <summary>Read commands from the keyboard.</summary>
    Prompt,

    /// <summary>Run a script file.</summary>
    File,

    /// <summary>Run a command text.</summary>
    Command,

    /// <summary>Say how it is called.</summary>
    Help,
}
