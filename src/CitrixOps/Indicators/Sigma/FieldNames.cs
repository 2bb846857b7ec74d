using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Sigma;

/// <summary>
/// What the fields of a rule are called in our records. Rules for our own log sources use our names. Public rules for web servers and
/// proxies use those of W3C and of proxies, and call the whole target of a request cs-uri-query.
/// </summary>
internal sealed class FieldNames
{
    private static readonly Dictionary<string, string[]> Web = new(StringComparer.OrdinalIgnoreCase)
    {
        ["c-uri"] = new[] { "cs-uri" },
        ["cs-uri-query"] = new[] { "cs-uri-query", "cs-uri" },
        ["c-uri-query"] = new[] { "cs-uri-query" },
        ["c-uri-stem"] = new[] { "cs-uri-stem" },
        ["c-useragent"] = new[] { "cs-user-agent" },
        ["cs-useragent"] = new[] { "cs-user-agent" },
        ["cs-user-agent"] = new[] { "cs-user-agent" },
        ["cs-referrer"] = new[] { "cs-referer" },
        ["cs-http-version"] = new[] { "cs-version" },
        ["src_ip"] = new[] { "c-ip" },
    };

    private readonly bool _web;

    private FieldNames(bool web) => _web = web;

    /// <summary>Our own names.</summary>
    public static FieldNames Own { get; } = new(web: false);

    /// <summary>The names in rules for web servers and proxies.</summary>
    public static FieldNames OfWeb { get; } = new(web: true);

    /// <summary>Our names of a field, of which one must pass.</summary>
    /// <param name="field">Its name in the rule.</param>
    /// <param name="absence">True where it is asked whether the field is there: then only the first counts.</param>
    public IReadOnlyList<string> Of(string field, bool absence) => _web && Web.TryGetValue(field, out var names) ? (absence ? names.Take(1).ToArray() : names) : new[] { field };

    /// <summary>Whether records of a log can have a field. Where a log names its own fields, any.</summary>
    public bool IsKnown(string field, IEnumerable<string> logTypes) => logTypes.Any(t => t is LogTypes.NsLog or LogTypes.Cef || LogFormats.ByType(t)!.Fields.Intersect(Of(field, absence: false)).Any());
}
