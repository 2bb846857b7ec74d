namespace CitrixOps.Appliances.Nitro;

/// <summary>What is known about a command whose call failed.</summary>
public enum Delivery
{
    /// <summary>It was not executed: the connection did not come about, or the appliance refused it.</summary>
    NotExecuted,

    /// <summary>It may have been executed: the answer did not come, or not whole.</summary>
    Unknown,
}
