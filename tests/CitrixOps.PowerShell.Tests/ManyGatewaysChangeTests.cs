using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Probing;
using CitrixOps.Access.Receipts;
using CitrixOps.Access.Sessions;
using CitrixOps.Mitigations;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>
/// Closing, ending sessions and mitigations on many gateways: one whose session was ended and that lets nobody in any more, and one that does
/// not answer, stop no other and have a row each.
/// </summary>
[Collection("fleet")]
public sealed class ManyGatewaysChangeTests : IDisposable
{
    private const int Expired = 5;
    private const int Silent = 7;
    private readonly List<SimulatorHost> _hosts;
    private readonly PowerShellSession _session = new();

    public ManyGatewaysChangeTests(FleetFixture fleet)
    {
        _hosts = fleet.Hosts;
        _hosts.ForEach(h => h.Nodes[0].Faults.Clear());
        _session.Set("credential", new PSCredential(_hosts[0].User, new NetworkCredential("", _hosts[0].Password).SecurePassword));
        _session.Set("addresses", _hosts.Select(h => h.Nodes[0].Uri.Authority).ToArray());
        _session.Set("pins", _hosts.Select(h => h.Nodes[0].Thumbprint).ToArray());
        Assert.Empty(_session.Run("$connect = @{ ComputerName = $addresses; Credential = $credential; ServerCertificateSha256 = $pins }; $all = Connect-Gateway @connect -ThrottleLimit 40").Errors);
    }

    public void Dispose()
    {
        _hosts.ForEach(h => h.Nodes[0].Faults.Clear());
        _session.Run("$all | Disconnect-Gateway");
        _session.Dispose();
    }

    [Fact]
    public void Ways_in_are_read_from_the_others_and_a_row_says_which_could_not_be_asked()
    {
        Break();
        var result = _session.Run("$all | Get-ExternalAccess -ThrottleLimit 40");
        var rows = result.Of<ExternalAccess>().GroupBy(w => w.Gateway).ToDictionary(g => g.Key, g => g.ToList());

        AssertErrors(result);
        Assert.Equal(40, rows.Count);
        Assert.All([Expired, Silent], i => Assert.True(Assert.Single(rows[Name(i)]) is { Kind: AccessKind.Unknown, IsOpen: null, State: "NOT READ", Reason.Length: > 0 }));
        Assert.Equal(38, rows.Values.Count(w => w.Exists(v => v.IsOpen == true)));
    }

    [Fact]
    public void The_others_are_closed_and_opened_again()
    {
        var before = _hosts.Select(h => h.Nodes[0].RunningConfiguration).ToList();
        Break();
        var closed = _session.Run("$closed = $all | Disable-ExternalAccess -Method VirtualServer -KeepSession -ReceiptPath $folder -ThrottleLimit 40 -Confirm:$false -WarningAction Ignore; $closed");
        var rows = closed.Of<AccessReceipt>().ToDictionary(r => r.Gateway);

        AssertErrors(closed);
        Assert.Equal(40, rows.Count);
        Assert.All([Expired, Silent], i => Assert.True(rows[Name(i)] is { Status: AccessStatus.Failed, Problem.Length: > 0, Path: "" }));
        Assert.All(_hosts.Where((_, i) => i is not (Expired or Silent)), h => Assert.NotEqual(CitrixOps.Simulator.Traffic.Outcome.Answered, h.Ask(h.Outside, "203.0.113.10").Outcome));

        var opened = _session.Run("$all | Enable-ExternalAccess -Receipt $closed -ThrottleLimit 40 -Confirm:$false -WarningAction Ignore");
        Assert.All(opened.Of<AccessReceipt>().Where(r => r.Gateway != Name(Expired) && r.Gateway != Name(Silent)), r => Assert.Equal((AccessStatus.Reopened, ""), (r.Status, r.Problem)));
        Assert.Equal(["NoReceiptForGateway", "NoReceiptForGateway"], opened.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(40, opened.Of<AccessReceipt>().Select(r => r.Gateway).Distinct().Count());
        Assert.Equal(before, _hosts.Select(h => h.Nodes[0].RunningConfiguration));
    }

    [Fact]
    public void Users_of_the_others_are_ended()
    {
        var there = _hosts.Select(h => h.Nodes[0].UserSessions).ToList();
        Break();
        var result = _session.Run("$all | Stop-GatewayUserSession -UserName abakker12 -ReceiptPath $folder -ThrottleLimit 40 -Confirm:$false");
        var rows = result.Of<UserSessionStop>().ToDictionary(r => r.Gateway);

        Assert.Equal(40, rows.Count);
        Assert.All([Expired, Silent], i => Assert.True(rows[Name(i)] is { Verified: false, Problems.Count: > 0 }));
        Assert.Equal([], rows.Values.Where(r => r.Gateway != Name(Expired) && r.Gateway != Name(Silent) && r is not { Verified: true, Found: 1, Ended: 1 })
            .Select(r => $"{r.Gateway}: {r.Ended} of {r.Found} {string.Join(" ", r.Problems.Select(p => p.Message))}"));
        Assert.Equal(there.Select((n, i) => i is Expired or Silent ? n : n - 1), _hosts.Select(h => h.Nodes[0].UserSessions));
        Assert.Equal(38, Directory.GetFiles(_session.Folder, "*-sessions.json").Select(f => Path.GetFileName(f)[..5]).Except([Name(Expired), Name(Silent)]).Count());
    }

    [Fact]
    public void Mitigations_are_tested_made_and_taken_back_on_the_others()
    {
        var before = _hosts.Select(h => h.Nodes[0].RunningConfiguration).ToList();
        Break();
        foreach (var (script, status, count) in new[]
        {
            ("$all | Test-GatewayMitigation -Id CVE-2026-88778", MitigationStatus.NotApplied, 0),
            ("$all | Enable-GatewayMitigation -Id CVE-2026-88778 -ReceiptPath $folder -WarningAction Ignore", MitigationStatus.Applied, 38),
            ("$all | Disable-GatewayMitigation -Id CVE-2026-88778 -ReceiptPath $folder -WarningAction Ignore", MitigationStatus.NotApplied, 0),
        })
        {
            var result = _session.Run(script + " -ThrottleLimit 40");
            var rows = result.Of<MitigationState>().ToDictionary(r => r.Gateway);
            AssertErrors(result);
            Assert.Equal(40, rows.Count);
            Assert.All([Expired, Silent], i => Assert.True(rows[Name(i)] is { Status: MitigationStatus.Unknown, Reasons.Count: > 0, Id: "CVE-2026-88778" }));
            Assert.Equal(38, rows.Values.Count(r => r.Status == status));
            Assert.Equal(count, _hosts.Count(h => h.Nodes[0].RunningConfiguration.Contains("enhancedISNgeneration ENABLED", StringComparison.OrdinalIgnoreCase)));
        }

        Assert.Equal(before, _hosts.Select(h => h.Nodes[0].RunningConfiguration));
    }

    [Fact]
    public void Ways_in_of_the_others_are_tested()
    {
        Break();
        var result = _session.Run("$all[4..7] | Test-ExternalAccess -ProbeTimeout 1 -ProbeLimit 256");
        var rows = result.Of<AccessTest>().GroupBy(t => t.Gateway).ToDictionary(g => g.Key, g => g.ToList());

        AssertErrors(result);
        Assert.All([Expired, Silent], i => Assert.True(Assert.Single(rows[Name(i)]) is { Outcome: AccessOutcome.NotTested, IsOpen: null, Result: "the gateway could not be asked" }));
        Assert.All([4, 6], i => Assert.Contains(rows[Name(i)], t => t.Name == "gw_raadhuis"));
    }

    [Theory]
    [InlineData("Disable-ExternalAccess -ReceiptPath $folder")]
    [InlineData("Stop-GatewayUserSession -ReceiptPath $folder")]
    [InlineData("Enable-GatewayMitigation -Id * -ReceiptPath $folder")]
    public void WhatIf_on_all_changes_and_writes_nothing(string command)
    {
        var before = _hosts.Select(h => (h.Nodes[0].RunningConfiguration, h.Nodes[0].UserSessions)).ToList();

        var result = _session.Run("$all | " + command + " -ThrottleLimit 40 -WhatIf -WarningAction Ignore");

        Assert.Empty(result.Errors);
        Assert.All(_hosts, h => Assert.Contains($"\"gw-{_hosts.IndexOf(h):00}", result.Rendered, StringComparison.Ordinal));
        Assert.Equal(before, _hosts.Select(h => (h.Nodes[0].RunningConfiguration, h.Nodes[0].UserSessions)));
        Assert.Empty(Directory.GetFiles(_session.Folder));
    }

    [Theory]
    [InlineData("Get-ExternalAccess", typeof(ExternalAccess))]
    [InlineData("Test-ExternalAccess -ProbeTimeout 1", typeof(AccessTest))]
    [InlineData("Disable-ExternalAccess -ReceiptPath $folder -Confirm:$false", typeof(AccessReceipt))]
    [InlineData("Stop-GatewayUserSession -ReceiptPath $folder -Confirm:$false", typeof(UserSessionStop))]
    [InlineData("Test-GatewayMitigation -Id CTX289674", typeof(MitigationState))]
    public void A_name_that_cannot_be_connected_to_has_a_row(string command, Type type)
    {
        var result = _session.Run($"{command} -ComputerName 127.0.0.1:9, 127.0.0.1:10 -Credential $credential");

        Assert.Equal(["NotConnected", "NotConnected"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(["127.0.0.1:9", "127.0.0.1:10"], result.Output.Select(o => (string)o.Properties["Gateway"].Value));
        Assert.All(result.Output, o => Assert.IsType(type, o.BaseObject));
    }

    [Fact]
    public void No_secret_is_in_any_stream_or_file()
    {
        Break();
        _session.Run("$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'");
        var told = new List<string>();
        foreach (var command in new[]
        {
            "Connect-Gateway $addresses[1..3] -Credential $credential -ServerCertificateSha256 $pins -OutVariable more; $more | Disconnect-Gateway",
            "$some | Get-Gateway",
            "$some | Get-ExternalAccess",
            "$closed = $some | Disable-ExternalAccess -Method VirtualServer -KeepSession -ReceiptPath $folder -Reason test -Confirm:$false; $closed",
            "$some | Enable-ExternalAccess -Receipt $closed -Confirm:$false",
            "$some | Get-GatewayUserSession",
            "$some | Stop-GatewayUserSession -UserName abakker11 -ReceiptPath $folder -Confirm:$false",
            "$some | Test-GatewayMitigation",
            "$some | Enable-GatewayMitigation -Id CVE-2019-19781 -ReceiptPath $folder",
            "$some | Disable-GatewayMitigation -Id CVE-2019-19781 -ReceiptPath $folder",
            "Get-ExternalAccess -ComputerName $addresses[5] -Credential $credential -ServerCertificateSha256 $pins",
        })
        {
            var result = _session.Run("$some = $all[4..6]; " + command);
            _session.Set("out", result.Output.ToArray());
            told.Add(_session.Rendered("$out"));
            told.AddRange(result.Errors.SelectMany(e => new[] { e.ToString(), e.Exception.ToString(), e.ErrorDetails?.RecommendedAction ?? "", PSSerializer.Serialize(e, 4) }));
            told.AddRange([.. result.Warnings, .. result.Verbose, .. result.Debug, .. result.Information.Select(i => i.ToString()), .. result.Progress.Select(p => p.ToString())]);
            told.AddRange(result.Output.Select(o => PSSerializer.Serialize(o, 5)));
        }

        told.AddRange(Directory.GetFiles(_session.Folder).Select(File.ReadAllText));
        Assert.Contains(told, t => t.Contains("receipt", StringComparison.Ordinal));
        Assert.All(told, t => Assert.DoesNotContain(_hosts[0].Password, t, StringComparison.Ordinal));

        // a session's token begins like this
        Assert.All(told, t => Assert.DoesNotContain("##", t, StringComparison.Ordinal));
        Assert.All(told, t => Assert.DoesNotContain("%23%23", t, StringComparison.Ordinal));
    }

    private static string Name(int index) => $"gw-{index:00}";

    private static void AssertErrors(PowerShellSession.Result result) => Assert.Equal(["ApplianceNotReady", "LoginFailed"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));

    private void Break()
    {
        _hosts[Expired].Nodes[0].KillSessions();
        _hosts[Expired].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 354, Times = 0, Type = "login" });
        _hosts[Silent].Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Html503, Times = 0 });
    }
}
