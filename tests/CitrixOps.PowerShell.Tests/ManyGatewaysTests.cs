using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>Many gateways at once: in parallel, throttled, and none left logged in.</summary>
[Collection("fleet")]
public sealed class ManyGatewaysTests : IDisposable
{
    private readonly List<SimulatorHost> _hosts;
    private readonly PowerShellSession _session = new();

    public ManyGatewaysTests(FleetFixture fleet)
    {
        _hosts = fleet.Hosts;
        _hosts.ForEach(h => h.Nodes[0].Faults.Clear());
        _session.Set("credential", new PSCredential(_hosts[0].User, new NetworkCredential("", _hosts[0].Password).SecurePassword));
        _session.Set("addresses", _hosts.Select(h => h.Nodes[0].Uri.Authority).ToArray());
        _session.Set("pins", _hosts.Select(h => h.Nodes[0].Thumbprint).ToArray());
        _session.Run("$connect = @{ ComputerName = $addresses; Credential = $credential; ServerCertificateSha256 = $pins }");
    }

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Forty_are_asked_in_parallel_and_three_that_fail_stop_no_other()
    {
        _hosts[3].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Html503, Times = 0, Type = "nshardware" });
        _hosts[5].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 354, Times = 0, Type = "login" });
        _hosts[7].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.CutBody, Times = 0, Type = "nsfeature" });

        var result = _session.Run("Get-Gateway @connect -ThrottleLimit 40");

        Assert.Equal(37, result.Of<Gateway>().Count());
        Assert.Equal(["AnswerIncomplete", "ApplianceNotReady", "LoginFailed"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order());
        Assert.All(_hosts, h => Assert.Equal(0, h.Nodes[0].OpenSessions));
    }

    [Fact]
    public void Sessions_of_forty_are_used_and_given_back()
    {
        var result = _session.Run("$all = Connect-Gateway @connect -ThrottleLimit 4; $all | Get-Gateway -ThrottleLimit 4; $all | Disconnect-Gateway");

        Assert.Empty(result.Errors);
        Assert.Equal(40, result.Output.Count);
    }

    [Fact]
    public void The_patch_levels_of_forty_sessions_come_by_status_and_in_detail()
    {
        var result = _session.Run("$all = Connect-Gateway @connect; $levels = $all | Get-GatewayPatchLevel -GroupByStatus; $levels");
        var detailed = _session.Rendered("$all[0..1] | Get-GatewayPatchLevel -Detailed");
        _session.Run("$all | Disconnect-Gateway");

        Assert.Empty(result.Errors);
        var levels = result.Of<Advisories.PatchLevel>().ToArray();
        Assert.Equal(40, levels.Length);
        Assert.Equal(levels.Select(l => l.Status).Order(), levels.Select(l => l.Status));
        Assert.Contains("Status: " + levels[0].Status, _session.Rendered("$levels"));
        Assert.Equal(3, detailed.Split("Open vulnerabilities").Length);
    }

    [Fact]
    public void A_fleet_is_closed_and_one_that_fails_has_a_row_and_stops_no_other()
    {
        _session.Set("receipts", _session.Folder);
        _session.Run("$four = @(Connect-Gateway -ComputerName $addresses[0..3] -Credential $credential -ServerCertificateSha256 $pins)");
        _hosts[2].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 1138, Times = 0, Type = "vpnvserver" });

        // the forty are shared, and other tests count their users: access lists would end those too
        var closed = _session.Run("$rows = Disable-ExternalAccess -Session $four -Method VirtualServer -KeepSession -ReceiptPath $receipts -Confirm:$false; $rows").Of<AccessReceipt>().ToArray();
        _hosts[2].Nodes[0].Faults.Clear();
        var shut = _hosts.Take(4).Select(h => h.Ask(h.Outside, "203.0.113.10").Outcome != Simulator.Traffic.Outcome.Answered).ToArray();
        _session.Run("foreach ($row in $rows) { if ($row.Path) { foreach ($gateway in $four) { if ($gateway.Nodes[0].Address -eq $row.Nodes[0].Address) { Enable-ExternalAccess -Session $gateway -Receipt $row -Confirm:$false } } } }; $four | Disconnect-Gateway");

        Assert.Equal(["Closed", "Closed", "Closed", "Failed"], closed.Select(c => c.Status.ToString().Replace("ClosedPartly", "Closed", StringComparison.Ordinal)).Order());
        Assert.Equal([true, true, false, true], shut);
        Assert.All(_hosts.Take(4), h => Assert.Equal(Simulator.Traffic.Outcome.Answered, h.Ask(h.Outside, "203.0.113.10").Outcome));
    }

    [Fact]
    public void Taking_the_first_only_logs_out_of_the_rest()
    {
        Assert.Single(_session.Run("Get-Gateway @connect | ForEach-Object { $_ } | Where-Object { $true } | . { process { $_; break } }").Output);
        Assert.All(_hosts, h => Assert.Equal(0, h.Nodes[0].OpenSessions));
    }

    [Fact]
    public void A_stop_logs_out_everywhere()
    {
        foreach (var host in _hosts)
        {
            host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(30), Type = "nshardware", Times = 0 });
        }

        _session.Stopped("Get-Gateway @connect -ThrottleLimit 40", () => _hosts.TrueForAll(h => h.Nodes[0].OpenSessions == 1));

        Assert.All(_hosts, h => Assert.Equal(0, h.Nodes[0].OpenSessions));
    }

    [Fact]
    public void ErrorAction_Stop_logs_out_everywhere()
    {
        _hosts[3].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 354, Times = 0, Type = "login" });

        Assert.Equal("LoginFailed", _session.Run("Get-Gateway @connect -ErrorAction Stop").ErrorId);
        Assert.All(_hosts, h => Assert.Equal(0, h.Nodes[0].OpenSessions));
    }
}
