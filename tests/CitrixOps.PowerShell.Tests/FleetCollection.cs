using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>The tests that share the forty gateways; one after the other.</summary>
[CollectionDefinition("fleet")]
public sealed class FleetCollection : ICollectionFixture<FleetFixture>
{
}
