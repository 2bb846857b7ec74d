using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Planning;

namespace CitrixOps.Access.Methods;

/// <summary>All methods.</summary>
internal static class IsolationMethods
{
    public static IReadOnlyList<IIsolationMethod> All { get; } = new IIsolationMethod[] { new AclMethod(), new VirtualServerMethod(), new ResponderMethod(), new VipAddressMethod() };

    public static IIsolationMethod Of(IsolationMethod method) => All.First(m => m.Method == method);
}
