namespace CitrixOps.Access.Inventory;

/// <summary>How much is read. A closing asks for no more than it needs: each call costs time while the door is open.</summary>
internal enum InventoryScope
{
    /// <summary>What a plan needs.</summary>
    Plan,

    /// <summary>With the global responder policies.</summary>
    WithResponders,

    /// <summary>All there is to show.</summary>
    Full,
}
