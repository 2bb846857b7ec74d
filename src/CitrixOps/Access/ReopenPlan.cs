using System.Collections.Generic;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access;

/// <summary>What a reopening will do.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Steps">The steps in the order of their undoing, with what that is in words.</param>
/// <param name="Drift">What others changed since.</param>
/// <param name="HasForeignUnsaved">True where a save would make somebody else's changes last.</param>
public sealed record ReopenPlan(AccessReceipt Receipt, IReadOnlyList<(ReceiptStep Step, string Title)> Steps, IReadOnlyList<string> Drift, bool HasForeignUnsaved);
