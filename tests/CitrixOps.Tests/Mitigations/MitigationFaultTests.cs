using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.Tests.Mitigations;

/// <summary>Every fault the simulator has, at every change of a mitigation and of its undoing: whatever is said, doing it again finishes it, and the receipts lead back to the byte.</summary>
public sealed class MitigationFaultTests : IDisposable
{
    private static readonly string[] Types = ["responderaction", "responderpolicy", "responderglobal_responderpolicy_binding"];
    private readonly TemporaryFolder _folder = new();

    // silence is what a lost answer is, only slower
    public static IEnumerable<object[]> Kinds() => Enum.GetValues<FaultKind>().Where(k => k.ToString() != "Silence").Select(k => new object[] { k });

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Doing_it_again_finishes_it_and_leads_back(FaultKind kind)
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha");
        var before = lab.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();

        Break(lab, kind, "POST", "PUT");
        await Again(lab, async gateway => (await new GatewayMitigation(gateway, Policy()).EnableAsync(Options(), Yes, CancellationToken.None)).Steps.Where(s => !s.IsManual).All(s => s.State == MitigationStepState.Done));
        Assert.All(lab.Host.Nodes, n => Assert.Contains("bind responder global COPS-CTX267679", n.RunningConfiguration));

        Break(lab, kind, "DELETE");
        await Again(lab, async gateway =>
        {
            await gateway.RefreshAsync(CancellationToken.None);
            var receipts = MitigationReceipt.Open(_folder.Path, gateway, "CVE-2019-19781", new Problems());
            await new GatewayMitigation(gateway, Policy()).DisableAsync(receipts, Options(), Yes, CancellationToken.None);
            return MitigationReceipt.Open(_folder.Path, gateway, "CVE-2019-19781", new Problems()).Count == 0;
        });

        Assert.Equal(before, lab.Host.Nodes.Select(n => n.RunningConfiguration));
    }

    private static void Break(SimulatedGateway lab, FaultKind kind, params string[] methods)
    {
        foreach (var (type, method) in Types.SelectMany(t => methods.Select(m => (t, m))))
        {
            lab.Host.Nodes[0].Faults.Add(new Fault { Kind = kind, Type = type, Method = method, Delay = TimeSpan.FromMilliseconds(10), Code = 257 });
        }
    }

    // a fault may end the session, or show another certificate: the next try is a new session
    private static async Task Again(SimulatedGateway lab, Func<Gateway, Task<bool>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var gateway = await SimulatedGateway.Connect(lab.Host);
            try
            {
                if (await work(gateway))
                {
                    return;
                }
            }
            catch (CitrixOpsException e)
            {
                Assert.NotEqual("ReceiptNotWritten", e.Problem.Id);
            }

            Assert.True(attempt < 5, "it does not end");
        }
    }

    private static Mitigation Policy() => MitigationCatalogue.Load(Path.Combine(Repository.ModuleData, "mitigations"), new Problems()).Find("CVE-2019-19781")!;

    private static Task<bool> Yes(string target, string command) => Task.FromResult(true);

    private MitigationOptions Options() => new() { ReceiptFolder = _folder.Path };
}
