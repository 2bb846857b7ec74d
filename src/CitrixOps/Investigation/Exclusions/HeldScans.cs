using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Investigation.Sessions;

namespace CitrixOps.Investigation.Exclusions;

/// <summary>
/// Holds back what addresses inside asked for as scanners do, until it is known whether the address is one that administers the gateway
/// and did nothing else. An address on the internet is never held back: what it scans for it may come back for.
/// </summary>
internal sealed class HeldScans
{
    private const int MostAddresses = 1000;
    private const int MostEach = 500;
    private readonly Dictionary<string, Held> _addresses = new(StringComparer.Ordinal);

    /// <summary>Whether a finding is held back.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="page">What was asked for, or null when no scanner asks for it.</param>
    public bool Hold(Finding finding, string? page)
    {
        if (finding.SourceAddress is not { } address || !ClientAddress.TryParse(address, out var client) || !client.IsPrivate)
        {
            return false;
        }

        if (!_addresses.TryGetValue(address, out var held))
        {
            if (_addresses.Count >= MostAddresses)
            {
                return false;
            }

            _addresses[address] = held = new Held();
        }

        held.DidMore |= page is null;
        if (page is null || held.DidMore || held.Findings.Count >= MostEach)
        {
            return false;
        }

        held.Findings.Add(finding);
        held.Pages.Add(page);
        return true;
    }

    /// <summary>Decides.</summary>
    /// <param name="isAdministrator">Whether an address administers the gateway.</param>
    /// <param name="add">Gets what counts after all.</param>
    /// <param name="exclude">Gets what does not count, with the reason.</param>
    /// <returns>The addresses whose scans do not count.</returns>
    public IReadOnlyCollection<string> Settle(Func<string, bool> isAdministrator, Action<Finding> add, Action<string, long> exclude)
    {
        var own = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (address, held) in _addresses.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value)))
        {
            if (!held.DidMore && held.Findings.Count > 0 && isAdministrator(address) && KnownScanners.NameOf(held.Pages) is { } scanner)
            {
                own.Add(address);
                exclude($"requests of {scanner} from {address}, which administers the gateway and did nothing else that is searched for", held.Findings.Count);
            }
            else
            {
                held.Findings.ForEach(add);
            }
        }

        _addresses.Clear();
        return own;
    }

    private sealed class Held
    {
        public List<Finding> Findings { get; } = new();

        public HashSet<string> Pages { get; } = new(StringComparer.Ordinal);

        public bool DidMore { get; set; }
    }
}
