using System;

namespace CitrixOps.Simulator.Wire;

/// <summary>A command that failed, with its error code.</summary>
internal sealed class NitroError : Exception
{
    public NitroError(int code, string? argument = null, string? message = null)
        : base((message ?? Schema.NitroSchema.Message(code)) + (argument is null ? "" : $" [{argument}]")) => Code = code;

    public int Code { get; }
}
