using System;
using System.IO;

namespace CitrixOps.Receipts;

/// <summary>Where receipts and what belongs to them lie when nothing else is said: a folder of the user's own.</summary>
public static class ReceiptFolder
{
    /// <summary><c>CitrixOps/receipts</c> in the user's local application data.</summary>
    public static string Default => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "CitrixOps", "receipts");
}
