using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace CitrixOps.Appliances.Live;

/// <summary>Many gateways at once, but not all.</summary>
public static class Throttle
{
    /// <summary>Runs work on each item.</summary>
    /// <typeparam name="TItem">What is worked on.</typeparam>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="limit">The most at one time.</param>
    /// <param name="work">The work; it reports failures in its result.</param>
    /// <returns>The results in the order of the items.</returns>
    public static async Task<IReadOnlyList<TResult>> RunAsync<TItem, TResult>(IReadOnlyList<TItem> items, int limit, Func<TItem, Task<TResult>> work)
    {
        using var gate = new SemaphoreSlim(Math.Max(1, limit));
        async Task<TResult> One(TItem item)
        {
            await gate.WaitAsync().ConfigureAwait(false);
            try
            {
                return await work(item).ConfigureAwait(false);
            }
            finally
            {
                gate.Release();
            }
        }

        // Task.WhenAll waits for all of them also when one fails: none goes on unseen
        return await Task.WhenAll(items.Select(One)).ConfigureAwait(false);
    }
}
