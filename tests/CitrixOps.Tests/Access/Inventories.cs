using System.Linq;
using System.Net;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Sessions;

namespace CitrixOps.Tests.Access;

/// <summary>Inventories as they would be read elsewhere.</summary>
internal static class Inventories
{
    /// <summary>The same, read by a caller at an address, with one session.</summary>
    public static AccessInventory With(this AccessInventory inventory, IPAddress caller, UserSession session)
    {
        var copy = (AccessInventory)Copy.Invoke(inventory, null)!;
        Set(copy, nameof(AccessInventory.Caller), new[] { caller });
        Set(copy, nameof(AccessInventory.Sessions), inventory.Sessions! with { Sessions = [session] });
        return copy;
    }

    private static System.Reflection.MethodInfo Copy { get; } = typeof(object).GetMethod("MemberwiseClone", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!;

    private static void Set(object target, string property, object value) => target.GetType().GetProperties().Single(p => p.Name == property).SetValue(target, value);
}
