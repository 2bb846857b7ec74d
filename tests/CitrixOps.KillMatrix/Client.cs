using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Receipts;

namespace CitrixOps.KillMatrix;

/// <summary>What is killed: a closing or a reopening, in a process of its own or in this one.</summary>
internal static class Client
{
    /// <summary>Runs as the child: address, pins, password, method, folder, close or open.</summary>
    public static async Task<int> AsChild(string[] arguments)
    {
        using var gateway = await Connect(new Uri(arguments[1]), arguments[2].Split(','), arguments[3]);
        await Run(gateway, Enum.Parse<IsolationMethod>(arguments[4]), arguments[5], arguments[6] == "open");
        return 0;
    }

    public static async Task Run(Gateway gateway, IsolationMethod method, string folder, bool open)
    {
        if (open)
        {
            await Open(gateway, ReceiptFile.Read<AccessReceipt>(Receipts(folder).Single()));
            return;
        }

        var options = new ClosingOptions { Id = "4b1d05", Method = method, Save = true };
        var inventory = await InventoryReader.ReadAsync(gateway, options, CancellationToken.None);
        var closer = new AccessCloser(gateway);
        await closer.CloseAsync(closer.Draft(inventory, AccessPlanner.Plan(inventory, options), options), inventory, options, folder, CancellationToken.None);
    }

    public static async Task<AccessReceipt> Open(Gateway gateway, AccessReceipt receipt)
    {
        var opener = new AccessOpener(gateway);
        return await opener.OpenAsync(await opener.PlanAsync(receipt, CancellationToken.None), "", CancellationToken.None);
    }

    public static IEnumerable<string> Receipts(string folder) => Directory.GetFiles(folder, "*.json").Where(f => !f.EndsWith("-sessions.json", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('.'));

    public static async Task<Gateway> Connect(Uri address, IEnumerable<string> pins, string password)
    {
        var options = new ConnectOptions { Credential = new NitroCredential(new NetworkCredential("nsroot", password)), Pins = pins.ToArray(), Timeout = TimeSpan.FromMinutes(5) };
        var (gateways, problems) = await GatewayConnector.ConnectAsync([NitroAddress.Parse(address.Authority)], options, 2, CancellationToken.None);
        return gateways.Count == 1 ? gateways[0] : throw new InvalidOperationException(string.Join(" ", problems));
    }
}
