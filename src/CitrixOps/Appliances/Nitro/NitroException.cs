using System;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Nitro;

/// <summary>A call that failed: what the appliance answered, or what became of the connection.</summary>
public sealed class NitroException : CitrixOpsException
{
    internal NitroException(Problem problem, int code, Delivery delivery, Exception? inner = null)
        : base(problem, inner)
    {
        Code = code;
        Delivery = delivery;
    }

    /// <summary>The appliance's error code; 0 where it did not answer.</summary>
    public int Code { get; }

    /// <summary>Whether the command may have been executed.</summary>
    public Delivery Delivery { get; }
}
