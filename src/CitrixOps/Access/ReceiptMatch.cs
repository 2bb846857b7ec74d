using System;
using System.Linq;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>Whether a receipt is about a gateway: by the addresses of its nodes, and by serial numbers where both know them.</summary>
public static class ReceiptMatch
{
    /// <summary>True where it is.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="gateway">The gateway.</param>
    public static bool IsFor(AccessReceipt receipt, Gateway gateway)
    {
        _ = receipt ?? throw new ArgumentNullException(nameof(receipt));
        _ = gateway ?? throw new ArgumentNullException(nameof(gateway));
        return receipt.Nodes.Any(r => gateway.Nodes.Any(n => n.Nsip == r.Nsip && (n.SerialNumber.Length == 0 || r.SerialNumber.Length == 0 || n.SerialNumber == r.SerialNumber)
            && (n.HostName.Length == 0 || r.HostName.Length == 0 || n.HostName == r.HostName)));
    }

    internal static void Check(AccessReceipt receipt, Gateway gateway)
    {
        if (!IsFor(receipt, gateway))
        {
            throw new CitrixOpsException(new Problem("OtherGateway", ErrorKind.InvalidArgument, $"The receipt is about '{receipt.Gateway}' ({string.Join(", ", receipt.Nodes.Select(n => n.Nsip))}), the session is with '{gateway.Name}'.", receipt.Path, "Connect to the gateway that the receipt names."));
        }
    }
}
