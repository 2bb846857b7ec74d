using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>Whether anything was preserved before a gateway is changed: a support bundle of the last day on its disk.</summary>
public static class Preservation
{
    private const string Folder = "/var/tmp/support";

    /// <summary>Looks.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A warning, or null where something was preserved.</returns>
    public static async Task<string?> WarningAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        _ = gateway ?? throw new ArgumentNullException(nameof(gateway));
        var warning = $"Nothing was preserved on '{gateway.Name}' in the last day: logs turn over, and sessions are gone once they are ended. Collect a support bundle first where there is time (show techsupport); copy /var/log in any case.";
        if (gateway.Primary is not { } node)
        {
            return warning;
        }

        try
        {
            var files = await new RemoteFiles(Gateway.Open(node), node.TimeZone).ListAsync(Folder, cancellationToken).ConfigureAwait(false);
            return files?.Any(f => f.Name.StartsWith("collector_", StringComparison.Ordinal) && f.Modified > node.Clock - TimeSpan.FromDays(1)) == true ? null : warning;
        }
        catch (CitrixOpsException)
        {
            // the account may not look: the warning stands
            return warning;
        }
    }
}
