using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Probing;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Tests from this machine what the ways into a gateway answer.</summary>
/// <remarks>
/// <para>Test-ExternalAccess tries each way in as a browser would: does it connect, does it speak TLS (which version, which certificate), what
/// does it answer (status, redirect, title), is that recognisably a gateway. Over DTLS it says hello, on a management address it also reads
/// the greeting of SSH, and a service that speaks neither HTTP nor TLS is only connected to. Only such ordinary requests are sent, with limits
/// on time, bytes and redirects. Every address of a name is tested, IPv4 and IPv6.</para>
/// <para>With -Session everything that Get-ExternalAccess lists is tested: all partitions, ranges and address sets, management, and what has no
/// address of its own through its content switch (Through). A GSLB virtual server answers names: test the name with -Uri.</para>
/// <para>Run it from outside and from inside: a test from one place says nothing about the other. Where the gateway's management cannot be
/// reached, pipe in what Get-ExternalAccess gave elsewhere. IsOpen is true where something answers, false where nothing does, and empty where
/// that cannot be told: a name without an address, no path from here, silence over UDP.</para>
/// <para>Gateway, Partition, Name, Through, Uri, Address and Result are the same whenever the same way in answers the same: compare two tests
/// by them. Rows can be piped in again to repeat the test.</para>
/// </remarks>
/// <example>
/// <summary>Is it closed, seen from here?</summary>
/// <code>Test-ExternalAccess -Uri gateway.example.nl, https://203.0.113.10</code>
/// <para>Tests every address of the name, and the address.</para>
/// </example>
/// <example>
/// <summary>Test everything the gateway has</summary>
/// <code>Test-ExternalAccess -Session $gw | Where-Object IsOpen</code>
/// <para>Asks the gateway for its ways in and tests them from this machine. $gw is a session of Connect-Gateway.</para>
/// </example>
/// <example>
/// <summary>Compare before and after</summary>
/// <code>$after = $before | Test-ExternalAccess; Compare-Object $before $after -Property Name, Uri, Address, Result</code>
/// <para>$before holds an earlier result. Shows what answers otherwise than before; nothing, when everything is as it was.</para>
/// </example>
/// <example>
/// <summary>Test from outside what was listed inside</summary>
/// <code>Import-Clixml ./ways.xml | Test-ExternalAccess</code>
/// <para>The file was written inside with Get-ExternalAccess $gw | Export-Clixml ./ways.xml.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ExternalAccess", DefaultParameterSetName = UriSet)]
[OutputType(typeof(AccessTest))]
public sealed class TestExternalAccessCommand : GatewayCmdlet
{
    private const string UriSet = "Uri";
    private const string AccessSet = "Access";
    private readonly List<AccessTarget> _targets = new();
    private readonly List<ExternalAccess> _ways = new();
    private Prober _prober = null!;

    /// <summary>Hosts, or http or https addresses, of ways in; also tls, tcp, ssh and dtls addresses with a port.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string[] Uri { get; set; } = Array.Empty<string>();

    /// <summary>Sessions, as Connect-Gateway opens them. They stay open.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet)]
    [ValidateNotNullOrEmpty]
    public override Gateway[] Session { get; set; } = Array.Empty<Gateway>();

    /// <summary>Sessions, ways in as Get-ExternalAccess gives them (also from another machine), rows of an earlier test, or objects with a Uri.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Access { get; set; } = Array.Empty<PSObject>();

    /// <summary>Seconds that one connection may take, all of it.</summary>
    [Parameter]
    [ValidateRange(1, 120)]
    public int ProbeTimeout { get; set; } = 5;

    /// <summary>The most ways in that are tested at one time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ProbeLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(ProbeTimeout), MostAtOnce = ProbeLimit });
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == AccessSet)
        {
            Array.ForEach(Access, Take);
        }
        else if (ParameterSetName == UriSet)
        {
            _targets.AddRange(Uri.Select(Target).OfType<AccessTarget>());
        }
        else
        {
            base.ProcessRecord();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _targets.AddRange(AccessTargets.Of(_ways));
        if (_targets.Count > 0)
        {
            GatewayPipeline.Run(this, p => TestAsync(_targets.Distinct().ToArray(), p), StopToken);
        }

        // names, and sessions that were given or came in
        base.EndProcessing();
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var inventory = await InventoryReader.ReadAsync(gateway, withSessions: false, pipeline.StopToken).ConfigureAwait(false);
        foreach (var problem in inventory.Problems)
        {
            pipeline.Warn(problem.Message);
        }

        await TestAsync(AccessTargets.Of(WaysIn.Of(inventory, new NetworkPlan())), pipeline).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => new[] { new AccessTest { Gateway = gateway, Result = "the gateway could not be asked", Detail = problem.Message, TestedAt = DateTimeOffset.UtcNow } };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _prober?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Take(PSObject given)
    {
        if (given.BaseObject is Gateway gateway)
        {
            Add(gateway);
        }
        else if (AccessArguments.Way(given) is { } way)
        {
            _ways.Add(way);
        }
        else
        {
            _targets.AddRange(AccessArguments.Uris(given).Select(Target).OfType<AccessTarget>().Select(t => AccessArguments.Like(given, t)));
        }
    }

    private AccessTarget? Target(string text)
    {
        try
        {
            return new AccessTarget(Prober.Parse(text));
        }
        catch (CitrixOpsException e)
        {
            Report(e.Problem);
            return null;
        }
    }

    private async Task TestAsync(IReadOnlyList<AccessTarget> targets, GatewayPipeline pipeline)
    {
        foreach (var test in await _prober.TestAsync(targets, pipeline.StopToken).ConfigureAwait(false))
        {
            pipeline.Write(test);
        }
    }
}
