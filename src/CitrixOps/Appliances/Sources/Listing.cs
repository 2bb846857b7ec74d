using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace CitrixOps.Appliances.Sources;

/// <summary>The file listings of a support bundle: they tell which files an appliance has without holding them.</summary>
internal static class Listing
{
    /// <summary>True for <c>shell/ls_lRtrp*.out</c>.</summary>
    public static bool IsListing(ApplianceFile file) =>
        file.AppliancePath is { } path && path.StartsWith("/shell/ls_lR", StringComparison.Ordinal) && path.EndsWith(".out", StringComparison.Ordinal);

    /// <summary>The entries of a listing, as files without content.</summary>
    public static IEnumerable<ApplianceFile> Entries(ApplianceFile listing, DateTimeOffset? listedAt, ReadLimits limits)
    {
        var parser = new ListingParser(listedAt);
        using var reader = new StreamReader(listing.OpenRead(), Encoding.UTF8);
        var count = 0;
        while (BoundedLine.Read(reader, 8192) is { } line && ++count <= limits.MaxEntries)
        {
            if (parser.Read(line) is { } entry)
            {
                yield return new StoredFile(listing.SourcePath, listing.Member, Absolute(entry.Name), entry, open: null, limits);
            }
        }
    }

    private static string Absolute(string name)
    {
        MemberName.Sanitise(name.TrimStart('/'), out var safe);
        return "/" + safe;
    }
}
