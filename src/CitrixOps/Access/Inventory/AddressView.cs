using System.Net;

namespace CitrixOps.Access.Inventory;

/// <summary>An address of the appliance.</summary>
/// <param name="Address">The address.</param>
/// <param name="Type">NSIP, SNIP, VIP, …</param>
/// <param name="TrafficDomain">The traffic domain.</param>
/// <param name="HasManagement">True where management answers on it.</param>
/// <param name="IsDisabled">True where it is switched off.</param>
internal sealed record AddressView(IPAddress Address, string Type, string TrafficDomain, bool HasManagement, bool IsDisabled);
