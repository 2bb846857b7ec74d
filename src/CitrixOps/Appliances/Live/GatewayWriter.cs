using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Live;

/// <summary>
/// Changes a gateway: on the primary node, wherever that is at the moment. A change without an answer is never repeated: it is looked
/// whether it took effect.
/// </summary>
public sealed class GatewayWriter
{
    private readonly Gateway _gateway;
    private readonly Func<GatewayNode, NitroConnection> _connection;

    /// <summary>Makes a writer.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="connection">The connection of a node; null for its own, in the partition of the session.</param>
    public GatewayWriter(Gateway gateway, Func<GatewayNode, NitroConnection>? connection = null)
    {
        _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));
        _connection = connection ?? Gateway.Open;
    }

    /// <summary>Makes a change that the pair propagates.</summary>
    /// <param name="call">The change.</param>
    /// <param name="isDone">Looks whether it took effect; asked only when the answer did not come.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="CitrixOpsException"><c>OutcomeUnknown</c>, <c>RoleChanged</c>, <c>NoPrimary</c>, or the appliance's refusal.</exception>
    public async Task<WriteResult> WriteAsync(NitroCall call, Func<NitroConnection, CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var node = _gateway.Primary ?? throw NoPrimary();
        try
        {
            return await WriteOnAsync(node, call, isDone, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Code == 368)
        {
            // the roles changed: the refusal says that nothing was done, so the new primary can be asked
            await _gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
            return await WriteOnAsync(_gateway.Primary ?? throw NoPrimary(), call, isDone, cancellationToken).ConfigureAwait(false);
        }
        catch (CitrixOpsException e) when (e.Problem.Id == "RoleChanged")
        {
            // so that the next change goes to the new primary
            await _gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Does on every node what the pair does not propagate. A node that fails does not stop the other.</summary>
    /// <param name="call">The change.</param>
    /// <param name="isDone">Looks whether it took effect.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>How it went, per node.</returns>
    public async Task<IReadOnlyList<(GatewayNode Node, WriteResult? Result, Problem? Problem)>> WriteEverywhereAsync(NitroCall call, Func<NitroConnection, CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken) =>
        await Task.WhenAll(_gateway.Nodes.Select(async n =>
        {
            try
            {
                return (n, await WriteOnAsync(n, call, isDone, cancellationToken, everywhere: true).ConfigureAwait(false), (Problem?)null);
            }
            catch (CitrixOpsException e)
            {
                return (n, (WriteResult?)null, e.Problem);
            }
        })).ConfigureAwait(false);

    private async Task<WriteResult> WriteOnAsync(GatewayNode node, NitroCall call, Func<NitroConnection, CancellationToken, Task<bool>> isDone, CancellationToken cancellationToken, bool everywhere = false)
    {
        var connection = _connection(node);
        try
        {
            var reply = await connection.SendAsync(call with { Accepts = call.Accepts.Concat(WriteResult.NotPropagatedCodes).ToArray() }, cancellationToken).ConfigureAwait(false);
            if (reply.WarningCode == 1028 && !everywhere)
            {
                throw new CitrixOpsException(new Problem("RoleChanged", ErrorKind.ConnectionFailed, $"'{node.Address}' has become the secondary node: {call} was done there only and will be lost at the next synchronisation.", node.Address, "Check the pair (show HA node), then do it again: it goes to the new primary."));
            }

            return new WriteResult(node, reply.Warning, Confirmed: false, Propagated: !WriteResult.NotPropagatedCodes.Contains(reply.Code), reply);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            return await LookAsync(node, connection, call, isDone, e, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<WriteResult> LookAsync(GatewayNode node, NitroConnection connection, NitroCall call, Func<NitroConnection, CancellationToken, Task<bool>> isDone, NitroException failure, CancellationToken cancellationToken)
    {
        bool done;
        try
        {
            done = await isDone(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (CitrixOpsException e)
        {
            throw new CitrixOpsException(new Problem("OutcomeUnknown", ErrorKind.ConnectionFailed, $"It is not known whether '{node.Address}' did {call}: {failure.Problem.Message} Looking failed too: {e.Problem.Message}", node.Address, "Look on the appliance before you do it again."), failure);
        }

        return done
            ? new WriteResult(node, null, Confirmed: true, Propagated: true, null)
            : throw new NitroException(new Problem("NotDone", ErrorKind.ConnectionFailed, $"'{node.Address}' did not do {call}: {failure.Problem.Message} Looking showed no effect.", node.Address, "Do it again."), 0, Delivery.NotExecuted, failure);
    }

    private CitrixOpsException NoPrimary() => new(new Problem("NoPrimary", ErrorKind.ConnectionFailed, $"None of the connected nodes of '{_gateway.Name}' is the primary.", _gateway.Name, "Give both nodes of the pair to Connect-Gateway."));
}
