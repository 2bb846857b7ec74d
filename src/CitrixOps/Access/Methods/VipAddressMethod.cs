using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access.Methods;

/// <summary>
/// Disables the IPv4 addresses of virtual servers: everything on them stops. IPv6 addresses, and those that are the appliance's own, cannot be
/// disabled: the virtual servers there are.
/// </summary>
internal sealed class VipAddressMethod : IIsolationMethod
{
    public IsolationMethod Method => IsolationMethod.VipAddress;

    public void Plan(PlanDraft draft)
    {
        foreach (var partition in draft.Targets.GroupBy(t => t.Partition))
        {
            var vips = partition.SelectMany(t => t.Server.Addresses).Distinct().Where(a => a.AddressFamily == AddressFamily.InterNetwork).Select(a => partition.Key.Addresses.FirstOrDefault(v => v.Address.Equals(a) && v.Type == "VIP" && !v.IsDisabled)).Where(v => v is not null).Select(v => v!).ToArray();
            var others = partition.Key.VirtualServers.Where(v => !partition.Any(t => t.Server == v) && v.Addresses.Any(a => vips.Any(p => p.Address.Equals(a)))).ToArray();
            if (others.Length > 0)
            {
                draft.Warnings.Add($"Other virtual servers share these addresses and stop too: {PlanDraft.Names(others.Select(o => o.Shown))}.");
            }

            if (vips.Length > 0)
            {
                draft.Add(ChangeVerb.Disable, "nsip", partition.Key.Name, $"Disable {vips.Length} addresses: {PlanDraft.Names(vips.Select(v => v.Address.ToString()))}", vips.Select(v => new Dictionary<string, object>(StringComparer.Ordinal) { ["ipaddress"] = v.Address.ToString(), ["td"] = v.TrafficDomain }));
            }

            var rest = partition.Where(t => t.Server.Addresses.Any(a => !vips.Any(v => v.Address.Equals(a)))).ToArray();
            if (rest.Length > 0)
            {
                draft.Warnings.Add($"IPv6 and own addresses cannot be disabled; the virtual servers on them are: {PlanDraft.Names(rest.Select(t => t.Server.Shown))}.");
                VirtualServerMethod.Disable(draft, rest);
            }
        }

        VirtualServerMethod.AllowanceNotKept(draft, "a disabled address answers nobody");
        VirtualServerMethod.ManagementStays(draft);
    }
}
