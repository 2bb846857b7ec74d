using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using CitrixOps.Appliances.Updating;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class InstallGatewayUpdateCommandTests : IClassFixture<GatewayFixture>
{
    private const string Name = "build-13.1-64.29_nc_64.tgz";
    private readonly GatewayFixture _fixture;

    public InstallGatewayUpdateCommandTests(GatewayFixture fixture) => _fixture = fixture;

    [Fact]
    public void WhatIf_shows_the_plan_then_it_is_done_and_seen()
    {
        using var session = _fixture.Connected();
        var hash = Package(session);

        var plan = session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -ReceiptPath \"$folder/receipts\" -WhatIf");
        Assert.Empty(plan.Errors);
        Assert.Equal(UpdateOutcome.NotConfirmed, plan.Of<UpdateResult>().Single().Outcome);
        Assert.Contains("Restart into 13.1-64.29", plan.Rendered);
        Assert.Contains(plan.Warnings, w => w.Contains("Nothing is known to be preserved", StringComparison.Ordinal));
        Assert.All(_fixture.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));

        var done = session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -ReceiptPath \"$folder/receipts\" -EvidencePath \"$folder\" -Confirm:$false");
        Assert.Empty(done.Errors);
        Assert.Equal(UpdateOutcome.Done, done.Of<UpdateResult>().Single().Outcome);
        Assert.All(_fixture.Host.Nodes, n => Assert.Equal("13.1-64.29", n.Version));
        Assert.Single(Directory.GetFiles(Path.Combine(session.Folder, "receipts")));

        // once more: nothing is left to do
        var again = session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -ReceiptPath \"$folder/receipts\" -Confirm:$false").Of<UpdateResult>().Single();
        Assert.Equal(UpdateOutcome.Done, again.Outcome);
        Assert.Contains("Outcome", session.Rendered($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -ReceiptPath \"$folder/receipts\" -Confirm:$false"));
    }

    [Fact]
    public void A_package_that_was_altered_ends_the_command()
    {
        using var session = _fixture.Connected();
        Package(session);

        Assert.Equal("PackageAltered", session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {new string('0', 64)}").ErrorId);
        Assert.Equal("PackageNotGiven", session.Run($"Install-GatewayUpdate $gw -Sha256 {new string('0', 64)}").ErrorId);
        Assert.Equal("PlainHttpRefused", session.Run($"Install-GatewayUpdate $gw -Uri http://127.0.0.1/{Name} -Sha256 {new string('0', 64)}").ErrorId);
    }

    [Fact]
    public void Evidence_that_is_not_there_or_empty_ends_the_command()
    {
        using var session = _fixture.Connected();
        var hash = Package(session);
        Directory.CreateDirectory(Path.Combine(session.Folder, "empty"));

        Assert.Equal("EvidenceNotFound", session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -EvidencePath \"$folder/nowhere\"").ErrorId);
        Assert.Equal("EvidenceEmpty", session.Run($"Install-GatewayUpdate $gw -Path \"$folder/{Name}\" -Sha256 {hash} -EvidencePath \"$folder/empty\"").ErrorId);
    }

    private static string Package(PowerShellSession session) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(session.File(Name, "a package"))));
}
