using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using Xunit;

namespace CitrixOps.Tests.Mitigations;

/// <summary>Settings whose value a person has to decide.</summary>
public sealed class MitigationValueTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CVE-2020-8300", "relay-state", "AAA.LOGIN.RELAYSTATE.EQ(\"https://gw.example/\")", "set authentication samlAction idp -relaystateRule \"AAA.LOGIN.RELAYSTATE.EQ(\\\"https://gw.example/\\\")\"")]
    [InlineData("CVE-2021-22956", "max-sessions", "20", "set system parameter -maxsessionperuser 20")]
    public async Task What_a_person_decided_is_set_and_taken_back(string id, string setting, string value, string command)
    {
        await using var lab = await SimulatedGateway.Start("clean-single-141", prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                node.Put("authenticationsamlaction", new Dictionary<string, string> { ["name"] = "idp" });
            }
        });
        var before = lab.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        var mitigation = new GatewayMitigation(lab.Gateway, ShippedMitigations.Load().Find(id)!, new Dictionary<string, string> { [setting] = value });

        var state = await mitigation.EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Equal((MitigationStatus.Applied, 1), (state.Status, state.Changed));
        Assert.Equal(command, Assert.Single(_asked));
        Assert.All(lab.Host.Nodes, n => Assert.Contains(value.Split('"')[0], n.RunningConfiguration, StringComparison.OrdinalIgnoreCase));

        await mitigation.DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None);
        Assert.Equal(before, lab.Host.Nodes.Select(n => n.RunningConfiguration));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task A_value_that_would_not_do_is_refused(string value)
    {
        await using var lab = await SimulatedGateway.Start();
        var e = Assert.Throws<CitrixOpsException>(() => new GatewayMitigation(lab.Gateway, ShippedMitigations.Load().Find("CVE-2021-22956")!, new Dictionary<string, string> { ["max-sessions"] = value }));
        Assert.Equal("ValueNotUsable", e.Problem.Id);
    }

    private MitigationOptions Options() => new() { ReceiptFolder = _folder.Path };

    private Task<bool> Yes(string target, string command)
    {
        _asked.Add(command);
        return Task.FromResult(true);
    }
}
