using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Simulator.Wire;

/// <summary>The query of a request: args, filter, attrs, count, paging, action and the rest.</summary>
internal sealed class QueryOptions
{
    public List<(string Name, string Value)> Arguments { get; } = [];

    public List<(string Name, string Value)> Filters { get; } = [];

    public List<string> Attributes { get; } = [];

    public bool Count { get; private set; }

    public int PageSize { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public string? Action { get; set; }

    public bool Warnings { get; set; }

    public bool Idempotent { get; private set; }

    public bool BulkBindings { get; private set; }

    public bool StatBindings { get; private set; }

    public static QueryOptions Parse(string query, bool refuseEncodedColon)
    {
        var options = new QueryOptions();
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : part[(equals + 1)..];
            options.Take(name, value, refuseEncodedColon);
        }

        return options;
    }

    private void Take(string name, string value, bool refuseEncodedColon)
    {
        var yes = string.Equals(value, "yes", StringComparison.OrdinalIgnoreCase) || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
        switch (name.ToLowerInvariant())
        {
            case "args":
                Pairs(value, Arguments, refuseEncodedColon);
                break;
            case "filter":
                Pairs(value, Filters, refuseEncodedColon);
                break;
            case "attrs":
                Attributes.AddRange(NameDecoding.OfQuery(value).Split(',', StringSplitOptions.RemoveEmptyEntries));
                break;
            case "count":
                Count = yes;
                break;
            case "pagesize":
                PageSize = Number(value);
                break;
            case "pageno":
                PageNumber = Math.Max(1, Number(value));
                break;
            case "action":
                Action = NameDecoding.OfQuery(value);
                break;
            case "warning":
                Warnings = yes;
                break;
            case "idempotent":
                Idempotent = yes;
                break;
            case "bulkbindings":
                BulkBindings = yes;
                break;
            case "statbindings":
                StatBindings = yes;
                break;
            case "view" or "detailview" or "statview" or "optype":
                break;
            default:
                throw new NitroError(1090, name);
        }
    }

    private static void Pairs(string value, List<(string Name, string Value)> into, bool refuseEncodedColon)
    {
        if (refuseEncodedColon && !value.Contains(':', StringComparison.Ordinal))
        {
            throw new NitroError(-1, null, "Invalid filter in query parameters");
        }

        foreach (var pair in value.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var text = refuseEncodedColon ? pair : NameDecoding.OfQuery(pair);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new NitroError(-1, null, "Invalid filter in query parameters");
            }

            into.Add((NameDecoding.OfQuery(text[..colon]), refuseEncodedColon ? NameDecoding.OfQuery(text[(colon + 1)..]) : text[(colon + 1)..]));
        }
    }

    private static int Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new NitroError(1097, value);
}
