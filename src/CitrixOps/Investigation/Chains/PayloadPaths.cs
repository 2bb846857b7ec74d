using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Chains;

/// <summary>Files below the folders that the web server gives out, as attempts name them, with the page each would be.</summary>
internal sealed class PayloadPaths
{
    private const int Most = 2000;
    private const int LongestPath = 200;

    // where a folder of the disk stands on the web
    private static readonly (string Folder, string Page)[] Folders =
    {
        ("/netscaler/ns_gui/", "/"), ("/var/netscaler/gui/", "/"), ("/var/netscaler/logon/", "/logon/"), ("/var/vpn/", "/vpn/"), ("/netscaler/portal/", "/vpns/portal/"),
    };

    private readonly Dictionary<string, List<Attempt>> _pages = new(StringComparer.Ordinal);

    /// <summary>The pages, each with the attempts that name it.</summary>
    public IReadOnlyDictionary<string, List<Attempt>> Pages => _pages;

    /// <summary>Takes what an attempt names.</summary>
    public void Add(LogRecord record, Finding finding)
    {
        if (finding.Time is not { } time || finding.TimeTrust == TimeTrust.Neighbour)
        {
            return;
        }

        var text = PercentText.Decode(record.Raw);
        foreach (var (folder, page) in Folders)
        {
            for (var at = text.IndexOf(folder, StringComparison.Ordinal); at >= 0; at = text.IndexOf(folder, at + folder.Length, StringComparison.Ordinal))
            {
                var end = at + folder.Length;
                while (end < text.Length && end - at < LongestPath && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-' or '/'))
                {
                    end++;
                }

                var rest = text.Substring(at + folder.Length, end - at - folder.Length).TrimEnd('.');
                if (rest.Length > 0 && rest[rest.Length - 1] != '/' && !rest.Contains(".."))
                {
                    Keep(page + rest, new Attempt(time, finding.SourceAddress, finding.Id, folder + rest));
                }
            }
        }
    }

    private void Keep(string page, Attempt attempt)
    {
        if (!_pages.TryGetValue(page, out var attempts))
        {
            if (_pages.Count >= Most)
            {
                return;
            }

            _pages[page] = attempts = new List<Attempt>();
        }

        if (attempts.Count < 100 && attempts.All(a => a.FindingId != attempt.FindingId))
        {
            attempts.Add(attempt);
        }
    }

    /// <summary>An attempt that names a file.</summary>
    /// <param name="Time">When.</param>
    /// <param name="SourceAddress">Who, where it is logged.</param>
    /// <param name="FindingId">The finding.</param>
    /// <param name="Path">The file on the appliance.</param>
    internal sealed record Attempt(DateTimeOffset Time, string? SourceAddress, string FindingId, string Path);
}
