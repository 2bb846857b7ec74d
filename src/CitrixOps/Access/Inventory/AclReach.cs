using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Networks;

namespace CitrixOps.Access.Inventory;

/// <summary>
/// Who access lists let through: in the order of their priorities the first one that matches decides, and who matches none gets through.
/// Simple ACLs come before and block single sources; they are told beside it and left out here, which never makes a door look more closed
/// than it is.
/// </summary>
internal static class AclReach
{
    /// <summary>The sources that reach an address.</summary>
    public static AddressSet Sources(IEnumerable<AclView> acls, AddressRange destination, int port, bool udp, string trafficDomain = "0")
    {
        var undecided = new AddressSet(new[] { AddressRange.All(destination.IsIPv6) });
        var through = AddressSet.Empty;
        foreach (var acl in acls.Where(a => a.Concerns(destination, port, udp, trafficDomain)).OrderBy(a => a.Priority))
        {
            if (acl.Action == "DENY")
            {
                // one that only matches sometimes, or only part of what is asked about, stops nobody for certain
                var whole = new AddressSet(new[] { destination }).Except(acl.Destinations).IsEmpty;
                undecided = acl.HasFurtherConditions || !whole || (port == 65535 && (acl.FirstPort > 0 || acl.LastPort < 65535)) ? undecided : undecided.Except(acl.Sources);
            }
            else
            {
                through = through.Union(undecided.Intersect(acl.Sources));
                undecided = acl.HasFurtherConditions ? undecided : undecided.Except(acl.Sources);
            }
        }

        return through.Union(undecided);
    }
}
