using System;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Updating;

/// <summary>Looks again and again until something is seen.</summary>
internal sealed class Waiting
{
    private readonly TimeSpan _pause;

    public Waiting(TimeSpan pause) => _pause = pause;

    /// <summary>Whether a failure passes by itself: a node that restarts refuses, drops, answers 503, or lets nobody in.</summary>
    public static bool Passes(CitrixOpsException e) => e.Problem.Kind == ErrorKind.ConnectionFailed || e is NitroException { Code: 1027 or 444 or 1131 or 1132 };

    /// <summary>Looks at least once, and until the limit is over.</summary>
    /// <returns>True when it was seen.</returns>
    public async Task<bool> UntilAsync(Func<CancellationToken, Task<bool>> seen, TimeSpan limit, CancellationToken cancellationToken)
    {
        var until = DateTimeOffset.UtcNow + limit;
        while (true)
        {
            try
            {
                if (await seen(cancellationToken).ConfigureAwait(false))
                {
                    return true;
                }
            }
            catch (CitrixOpsException e) when (Passes(e))
            {
                // not back yet
            }

            if (DateTimeOffset.UtcNow >= until)
            {
                return false;
            }

            await Task.Delay(_pause, cancellationToken).ConfigureAwait(false);
        }
    }
}
