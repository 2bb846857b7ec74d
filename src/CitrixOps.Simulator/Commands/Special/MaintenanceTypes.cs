using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Restart, shutdown, installation, support bundle.</summary>
internal sealed class MaintenanceTypes : ISpecialType
{
    public IEnumerable<string> Types => ["reboot", "shutdown", "install", "techsupport"];

    public NitroReply? Show(CommandContext context)
    {
        if (context.Type.Name != "techsupport")
        {
            return null;
        }

        var node = context.Node;
        if (context.Argument("scope") is { } scope && scope.ToUpperInvariant() is not ("NODE" or "CLUSTER" or "PARTITION"))
        {
            throw new NitroError(1097, scope);
        }

        if (node.DiskUse.Var >= 100)
        {
            throw new NitroError(1246);
        }

        var state = node.IsPrimary ? 'P' : 'S';
        var name = $"collector_{state}_{node.Address}_{TimeZoneInfo.ConvertTime(node.Now, node.Zone).ToString("dMMMyyyy_HH_mm", CultureInfo.InvariantCulture)}.tar.gz";
        var content = Archive.Of(node);
        node.Files.Put("/var/tmp/support/" + name, content, node.Now);
        node.Files.Put("/var/tmp/support/support.tgz", content, node.Now);
        var reply = NitroReply.With("techsupport", new JsonObject { ["response"] = $"showtechsupport data collector tool - $Revision: #1 $!\nNetScaler version {node.Profile.Version}\nThe support file is: /var/tmp/support/{name}\n" });
        reply.Delay = node.SupportDuration;
        return reply;
    }

    public NitroReply? Run(CommandContext context)
    {
        switch (context.Type.Name)
        {
            case "reboot":
                context.Pair.Restart(context.Node);
                return new NitroReply { Drop = context.Node.DropsOnRestart };
            case "shutdown":
                context.Node.BootDurations = (TimeSpan.FromDays(1000), TimeSpan.Zero, TimeSpan.Zero);
                context.Pair.Restart(context.Node);
                return new NitroReply { Drop = true };
            case "install":
                return Install(context);
            default:
                return null;
        }
    }

    private static NitroReply Install(CommandContext context)
    {
        var url = context.Arguments.Text("url") ?? throw new NitroError(1095, "url");
        var package = Regex.Match(url, @"build-(\d+\.\d)-(\d+\.\d+)_(nc|fips)_64\.tgz(\?.*)?$", RegexOptions.CultureInvariant);
        if (!package.Success)
        {
            throw new NitroError(1190);
        }

        if (url.StartsWith("file://", StringComparison.Ordinal) && context.Node.Files.Find(url["file://".Length..]) is null)
        {
            throw new NitroError(1155);
        }

        context.Node.NextBootVersion = $"{package.Groups[1].Value}-{package.Groups[2].Value}";
        if (context.Arguments.Flag("y"))
        {
            context.Pair.Restart(context.Node);
            return new NitroReply { Drop = context.Node.DropsOnRestart };
        }

        return context.Node.Profile.Branch == "14.1" ? NitroReply.With("install", new JsonObject { ["id"] = "1" }) : new NitroReply();
    }
}
