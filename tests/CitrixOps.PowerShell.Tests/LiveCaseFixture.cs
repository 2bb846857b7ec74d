namespace CitrixOps.PowerShell.Tests;

/// <summary>A gateway that somebody got into in January 2020.</summary>
public sealed class LiveCaseFixture : GatewayFixture
{
    public LiveCaseFixture()
        : base("vulnerable-2020-121-success")
    {
    }
}
