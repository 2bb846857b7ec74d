using System;
using System.Collections.Generic;
using System.Text;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// The forms of a request that rules are tried on: as logged; decoded (percent-encoding of plain characters taken back, also doubled,
/// overlong or as %u, backslashes as slashes, path parameters, empty and dot segments removed); and canonical (<c>..</c> resolved as
/// well). A rule matches when it holds on one of them, so that no spelling of a path hides it.
/// </summary>
internal sealed class RequestViews
{
    private const int MostRounds = 4;
    private readonly View _raw = new();
    private readonly View _decoded = new();
    private readonly View _canonical = new();
    private readonly List<IFieldSource> _views = new(3);

    /// <summary>The views of a record; valid until the next call.</summary>
    public IReadOnlyList<IFieldSource> Of(LogRecord record)
    {
        _views.Clear();
        _views.Add(_raw.For(record, null));
        if (IsPlain(record.Characters("cs-uri")))
        {
            return _views;
        }

        var uri = record["cs-uri"]!;
        var decoded = Decode(uri);
        if (!string.Equals(decoded, uri, StringComparison.Ordinal))
        {
            _views.Add(_decoded.For(record, decoded));
        }

        var canonical = Resolve(decoded);
        if (!string.Equals(canonical, decoded, StringComparison.Ordinal))
        {
            _views.Add(_canonical.For(record, canonical));
        }

        return _views;
    }

    /// <summary>A record of another log: as logged, and a second form where it has one. Valid until the next call.</summary>
    public IReadOnlyList<IFieldSource> Plain(LogRecord record, IFieldSource? second)
    {
        _views.Clear();
        _views.Add(_raw.For(record, null));
        if (second is not null)
        {
            _views.Add(second);
        }

        return _views;
    }

    // what has none of these stays as it is in every view
    private static bool IsPlain(ReadOnlySpan<char> uri)
    {
        if (uri.IndexOfAny('%', '\\', ';') >= 0)
        {
            return false;
        }

        for (var at = uri.IndexOf('/'); at >= 0 && at + 1 < uri.Length;)
        {
            if (uri[at + 1] is '/' or '.')
            {
                return false;
            }

            var next = uri.Slice(at + 1).IndexOf('/');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return true;
    }

    internal static string Decode(string uri)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var next = PercentDecoding.Once(uri);
            if (string.Equals(next, uri, StringComparison.Ordinal))
            {
                break;
            }

            uri = next;
        }

        var query = uri.IndexOf('?');
        var path = query < 0 ? uri : uri.Substring(0, query);
        return Collapse(StripOrigin(path)) + (query < 0 ? "" : uri.Substring(query));
    }

    // http://host/path as some clients and all proxies send it
    private static string StripOrigin(string path)
    {
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme is < 1 or > 8 || path.IndexOf('/') < scheme)
        {
            return path;
        }

        var slash = path.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : path.Substring(slash);
    }

    private static string Collapse(string path)
    {
        var result = new StringBuilder(path.Length);
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i] == '\\' ? '/' : path[i];
            if (c == ';' && !(i + 1 < path.Length && path[i + 1] == ' '))
            {
                // a path parameter runs to the next slash; what a blank follows is none
                while (i + 1 < path.Length && path[i + 1] is not ('/' or '\\'))
                {
                    i++;
                }
            }
            else if (c == '/' && result.Length > 0 && result[result.Length - 1] == '/')
            {
                continue;
            }
            else if (c == '/' && result.Length > 1 && result[result.Length - 1] == '.' && result[result.Length - 2] == '/')
            {
                result.Length--;
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    internal static string Resolve(string uri)
    {
        var query = uri.IndexOf('?');
        var path = query < 0 ? uri : uri.Substring(0, query);
        if (path.IndexOf("/..", StringComparison.Ordinal) < 0)
        {
            return uri;
        }

        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 1)
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return string.Join("/", segments) + (query < 0 ? "" : uri.Substring(query));
    }

    private sealed class View : IFieldSource
    {
        private LogRecord _record = new();
        private string? _uri;
        private int _query;

        public string Raw => _record.Raw;

        public View For(LogRecord record, string? uri)
        {
            _record = record;
            _uri = uri;
            _query = uri?.IndexOf('?') ?? -1;
            return this;
        }

        public string? Field(string name) => _uri is null ? _record[name] : name switch
        {
            "cs-uri" => _uri,
            "cs-uri-stem" => _query < 0 ? _uri : _uri.Substring(0, _query),
            "cs-uri-query" => _query < 0 ? null : _uri.Substring(_query + 1),
            _ => _record[name],
        };
    }
}
