using System;

namespace CitrixOps.Simulator.Wire;

/// <summary>A command that failed, with its error code.</summary>
internal sealed class NitroError : Exception
{
    public NitroError(int code, string? argument = null, string? message = null)
        : base((message ?? Schema.NitroSchema.Message(code)) + (argument is null ? "" : $" [{argument}]")) => Code = code;

    /// <summary>Not a code of the appliance: Apache answers with its own page.</summary>
    public const int Unavailable = int.MinValue;

    /// <summary>Not a code of the appliance: nothing is answered.</summary>
    public const int Silence = int.MinValue + 1;

    public int Code { get; }
}
