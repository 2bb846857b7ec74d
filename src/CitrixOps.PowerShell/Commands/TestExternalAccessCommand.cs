using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access.Probing;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Tests from this machine what the ways into a gateway answer.</summary>
/// <remarks>
/// <para>Test-ExternalAccess tries each way in as a browser would: does it connect, does it speak TLS (which version, which certificate), what
/// does it answer (status, redirect, title), is that recognisably a gateway. Only ordinary requests for the first page are sent, with limits
/// on time, bytes and redirects. Every address of a name is tested, IPv4 and IPv6.</para>
/// <para>Run it from outside and from inside: a test from one place says nothing about the other. IsOpen is true where TLS or HTTP answers.
/// DTLS over UDP is listed and not tested: no answer would not mean that it is closed.</para>
/// <para>Keep the result and compare it with a later one by Uri, Address and Result. Rows can be piped in again to repeat the test.</para>
/// </remarks>
/// <example>
/// <summary>Is it closed, seen from here?</summary>
/// <code>Test-ExternalAccess -Uri gateway.example.nl, https://203.0.113.10</code>
/// <para>Tests every address of the name, and the address.</para>
/// </example>
/// <example>
/// <summary>Test everything the gateway has</summary>
/// <code>Test-ExternalAccess -Session $gw | Where-Object IsOpen</code>
/// <para>Asks the gateway for its virtual servers and tests them from this machine. $gw is a session of Connect-Gateway.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ExternalAccess", DefaultParameterSetName = UriSet)]
[OutputType(typeof(AccessTest))]
public sealed class TestExternalAccessCommand : GatewayCmdlet
{
    private const string UriSet = "Uri";
    private readonly List<Uri> _uris = new();

    /// <summary>Hosts, or http or https addresses, of ways in.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = UriSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Uri { get; set; } = Array.Empty<string>();

    /// <summary>Seconds that one connection may take, all of it.</summary>
    [Parameter]
    [ValidateRange(1, 120)]
    public int ProbeTimeout { get; set; } = 5;

    /// <summary>The most ways in that are tested at one time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ProbeLimit { get; set; } = 32;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != UriSet)
        {
            base.ProcessRecord();
            return;
        }

        foreach (var text in Uri)
        {
            try
            {
                _uris.Add(Prober.Parse(text));
            }
            catch (CitrixOpsException e)
            {
                Report(e.Problem);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName != UriSet)
        {
            base.EndProcessing();
            return;
        }

        GatewayPipeline.Run(this, p => TestAsync(_uris.Distinct().Select(u => new AccessTarget(u)).ToArray(), p), StopToken);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline) =>
        await TestAsync(await AccessTargets.ReadAsync(gateway, pipeline.StopToken).ConfigureAwait(false), pipeline).ConfigureAwait(false);

    private async Task TestAsync(IReadOnlyList<AccessTarget> targets, GatewayPipeline pipeline)
    {
        var prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(ProbeTimeout) });
        foreach (var test in (await Throttle.RunAsync(targets, ProbeLimit, t => prober.TestAsync(t, pipeline.StopToken)).ConfigureAwait(false)).SelectMany(t => t))
        {
            pipeline.Write(test);
        }
    }
}
