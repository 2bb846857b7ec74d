namespace CitrixOps.KillMatrix;

/// <summary>At which moment of a request the process is killed.</summary>
public enum KillMoment
{
    /// <summary>The request is on its way: the appliance does not execute it.</summary>
    Arriving,

    /// <summary>The appliance has executed it, the process still waits for the answer.</summary>
    Executed,

    /// <summary>It was executed, the answer was lost, and the process looks what became of it.</summary>
    Looking,

    /// <summary>Half of a bulk request was executed, the answer was lost, and the process looks what became of it.</summary>
    Half,
}
