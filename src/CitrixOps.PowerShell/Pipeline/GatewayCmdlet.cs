using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>
/// What cmdlets that work on gateways share: sessions given, or names to connect to; many gateways at once; one that fails stops no
/// other. A derived cmdlet says what is done with one gateway: <see cref="WorkAsync"/> runs apart from the pipeline thread and hands
/// everything it writes, reports or asks to the <see cref="GatewayPipeline"/>.
/// </summary>
public abstract class GatewayCmdlet : CitrixOpsCmdlet
{
    /// <summary>Parameter set of <c>-Session</c>.</summary>
    protected const string SessionSet = "Session";

    /// <summary>Parameter set of <c>-ComputerName</c>.</summary>
    protected const string ComputerNameSet = "ComputerName";

    private static readonly TimeSpan LogoutLimit = TimeSpan.FromSeconds(5);
    private readonly List<Gateway> _given = new();

    /// <summary>Sessions, as Connect-Gateway opens them. They stay open.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public virtual Gateway[] Session { get; set; } = Array.Empty<Gateway>();

    /// <summary>Names, addresses or https addresses of gateways: a session is opened and always closed again. One node of an HA pair is enough.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = Array.Empty<string>();

    /// <summary>The account on the gateways.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ComputerNameSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>SHA-256 of the management certificates to trust, one per node. Only these are then trusted.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string[] ServerCertificateSha256 { get; set; } = Array.Empty<string>();

    /// <summary>Trusts whatever certificate is shown. Anybody between could read password and session: pin the certificate instead.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The admin partition to work in. Without it: the default partition.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string? Partition { get; set; }

    /// <summary>Seconds that one call to a gateway may take.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 30;

    /// <summary>The most gateways that are worked on at one time.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <summary>True where gateways were named or sessions given; false in a derived cmdlet's other parameter sets.</summary>
    protected bool IsLive => ParameterSetName is SessionSet or ComputerNameSet || _given.Count > 0;

    /// <summary>
    /// Does the work on one gateway. Runs on another thread, at the same time as others. A <see cref="CitrixOpsException"/> becomes a
    /// non-terminating error of this gateway.
    /// </summary>
    /// <param name="gateway">The gateway, connected. Sessions that were opened for this are closed afterwards.</param>
    /// <param name="pipeline">Takes output, errors and questions; its token stops the work.</param>
    protected abstract Task WorkAsync(Gateway gateway, GatewayPipeline pipeline);

    /// <summary>
    /// The rows of a gateway that could not be connected to or asked, beside its error: in forty results none is missing. Without any where a
    /// result says nothing about a gateway.
    /// </summary>
    /// <param name="gateway">The gateway, or the address that was given.</param>
    /// <param name="problem">What happened.</param>
    protected virtual IEnumerable<object> Failed(string gateway, Problem problem) => Array.Empty<object>();

    /// <summary>Takes a session that came in by another parameter.</summary>
    /// <param name="gateway">The session.</param>
    protected void Add(Gateway gateway) => _given.Add(gateway);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == SessionSet)
        {
            _given.AddRange(Session);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => GatewayPipeline.Run(this, ParameterSetName == ComputerNameSet ? OnNamesAsync : OnSessionsAsync, StopToken);

    private async Task OnSessionsAsync(GatewayPipeline pipeline)
    {
        var gateways = _given.Distinct().ToArray();
        foreach (var gateway in gateways)
        {
            gateway.Notice += pipeline.Warn;
        }

        try
        {
            await Throttle.RunAsync(gateways, ThrottleLimit, g => OneAsync(g, pipeline)).ConfigureAwait(false);
        }
        finally
        {
            foreach (var gateway in gateways)
            {
                gateway.Notice -= pipeline.Warn;
            }
        }
    }

    private async Task OnNamesAsync(GatewayPipeline pipeline)
    {
        var opened = await ConnectAsync(pipeline).ConfigureAwait(false);
        await Throttle.RunAsync(opened, ThrottleLimit, async g =>
        {
            try
            {
                return await OneAsync(g, pipeline).ConfigureAwait(false);
            }
            finally
            {
                await g.CloseAsync(LogoutLimit).ConfigureAwait(false);
            }
        }).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<Gateway>> ConnectAsync(GatewayPipeline pipeline)
    {
        var addresses = Connecting.Addresses(ComputerName, new PipelineProblems(pipeline));
        try
        {
            var options = Connecting.Options(Credential, ServerCertificateSha256, SkipCertificateCheck, Partition, Timeout) with { Notice = pipeline.Warn };
            var (gateways, problems) = await GatewayConnector.ConnectAsync(addresses, options, ThrottleLimit, pipeline.StopToken).ConfigureAwait(false);
            foreach (var problem in problems)
            {
                pipeline.Report(problem);
            }

            // a node that fails has no row of its own where the other node of its pair was reached
            foreach (var address in addresses.Where(a => !gateways.Any(g => g.Nodes.Any(n => n.Address == a.ToString()) || g.Peer == a.Host)))
            {
                WriteFailed(address.ToString(), problems.FirstOrDefault(p => Equals(p.Target, address.ToString())), pipeline);
            }

            return gateways;
        }
        catch (CitrixOpsException e)
        {
            pipeline.Report(e.Problem);
            foreach (var address in addresses)
            {
                WriteFailed(address.ToString(), e.Problem, pipeline);
            }

            return Array.Empty<Gateway>();
        }
    }

    private void WriteFailed(string gateway, Problem? problem, GatewayPipeline pipeline)
    {
        foreach (var row in problem is null ? Array.Empty<object>() : Failed(gateway, problem))
        {
            pipeline.Write(row);
        }
    }

    private async Task<bool> OneAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        try
        {
            pipeline.StopToken.ThrowIfCancellationRequested();
            await WorkAsync(gateway, pipeline).ConfigureAwait(false);
            return true;
        }
        catch (CitrixOpsException e)
        {
            pipeline.Report(e.Problem);
            WriteFailed(gateway.Name, e.Problem, pipeline);
        }
        catch (OperationCanceledException) when (pipeline.StopToken.IsCancellationRequested)
        {
            // Ctrl+C
        }
        catch (Exception e)
        {
            // a fault of ours on one gateway must not stop the others, nor be hidden
            var problem = new Problem("UnexpectedFailure", ErrorKind.ReadFailed, $"'{gateway.Name}': {e.GetType().Name}: {Investigation.SafeText.FromText(e.Message, 400)}", gateway.Name, "This is a fault of the command. Report it with the output of -Verbose.");
            pipeline.Report(problem, e);
            WriteFailed(gateway.Name, problem, pipeline);
        }

        return false;
    }

    private sealed class PipelineProblems : IProblemSink
    {
        private readonly GatewayPipeline _pipeline;

        public PipelineProblems(GatewayPipeline pipeline) => _pipeline = pipeline;

        public void Report(Problem problem) => _pipeline.Report(problem);
    }
}
