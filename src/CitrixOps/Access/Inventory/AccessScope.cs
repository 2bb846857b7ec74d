namespace CitrixOps.Access.Inventory;

/// <summary>Who a way in is for.</summary>
public enum AccessScope
{
    /// <summary>It can be reached from outside, as far as addresses tell.</summary>
    External,

    /// <summary>Its address lies inside.</summary>
    InsideOnly,

    /// <summary>It has no address of its own: it is reached through a content switch, or by name only.</summary>
    NotAddressable,

    /// <summary>Not known: the gateway could not be asked.</summary>
    Unknown,
}
