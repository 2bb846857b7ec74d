using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>The newest lines of ns.log, from memory.</summary>
internal sealed class AuditTypes : ISpecialType
{
    public IEnumerable<string> Types => ["auditmessages"];

    public IReadOnlyList<Row> Read(CommandContext context)
    {
        var wanted = int.TryParse(context.Argument("numofmesgs"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 20;
        if (wanted is < 1 or > 256)
        {
            throw new NitroError(1097, wanted.ToString(CultureInfo.InvariantCulture));
        }

        var lines = Encoding.UTF8.GetString(context.Node.Files.Find("/var/log/ns.log")?.Content ?? []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Reverse().Take(wanted).Select(l => new Row().Set("value", l[Math.Min(16, l.Length)..])).ToList();
    }
}
