using System;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>The part of the policy language that decides who is let in: source addresses, URLs, and, or, not.</summary>
internal sealed class PolicyExpression
{
    private static readonly Regex Token = new(@"\G\s*(?<t>&&|\|\||!|\(|\)|[A-Za-z_][A-Za-z0-9_.]*(?:\((?:[^()""]|""[^""]*"")*\)[A-Za-z0-9_.]*)*)", RegexOptions.CultureInvariant);
    private readonly Node _node;
    private readonly Packet _packet;
    private readonly string _partition;
    private readonly string[] _tokens;
    private int _next;

    private PolicyExpression(string text, Node node, string partition, Packet packet)
    {
        _partition = partition;
        _node = node;
        _packet = packet;
        var matches = Token.Matches(text).ToList();
        var read = matches.Count == 0 ? 0 : matches[^1].Index + matches[^1].Length;
        _tokens = string.IsNullOrWhiteSpace(text[read..]) ? matches.Select(m => m.Groups["t"].Value).ToArray() : [];
    }

    /// <summary>True, false, or null where it cannot be evaluated (the appliance counts an undef hit).</summary>
    public static bool? Evaluate(string text, Node node, string partition, Packet packet)
    {
        var expression = new PolicyExpression(text, node, partition, packet);
        var value = expression.Or();
        return expression._next == expression._tokens.Length ? value : null;
    }

    private bool? Or()
    {
        var value = And();
        while (Take("||"))
        {
            var right = And();
            value = value is true || right is true ? true : value is null || right is null ? null : false;
        }

        return value;
    }

    private bool? And()
    {
        var value = Not();
        while (Take("&&"))
        {
            var right = Not();
            value = value is false || right is false ? false : value is null || right is null ? null : true;
        }

        return value;
    }

    private bool? Not()
    {
        if (Take("!"))
        {
            return !Not();
        }

        if (Take("("))
        {
            var value = Or();
            return Take(")") ? value : null;
        }

        return _next < _tokens.Length ? Term(_tokens[_next++]) : null;
    }

    private bool Take(string token)
    {
        if (_next < _tokens.Length && _tokens[_next] == token)
        {
            _next++;
            return true;
        }

        return false;
    }

    private bool? Term(string term)
    {
        if (term.EndsWith(".NOT", StringComparison.OrdinalIgnoreCase))
        {
            return !Term(term[..^4]);
        }

        var argument = Regex.Match(term, "\\((?<a>[^()]*)\\)$").Groups["a"].Value.Trim('"');
        var upper = term.ToUpperInvariant();
        var six = _packet.Source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        return upper switch
        {
            "TRUE" or "NS_TRUE" => true,
            "FALSE" or "NS_FALSE" => false,
            _ when upper.StartsWith("CLIENT.IP.SRC.IN_SUBNET(", StringComparison.Ordinal) || upper.StartsWith("CLIENT.IP.SRC.EQ(", StringComparison.Ordinal) => !six && AddressRange.TryParse(argument, out var range) && range.Contains(_packet.Source),
            _ when upper.StartsWith("CLIENT.IPV6.SRC.IN_SUBNET(", StringComparison.Ordinal) => six && AddressRange.TryParse(argument, out var range6) && range6.Contains(_packet.Source),
            _ when upper.StartsWith("CLIENT.IP.SRC.TYPECAST_TEXT_T.EQUALS_ANY(", StringComparison.Ordinal) => AccessLists.InDataset(_node, _partition, argument, _packet.Source),
            _ when upper.StartsWith("CLIENT.IPV6.SRC.EQ(", StringComparison.Ordinal) => six && IPAddress.TryParse(argument, out var own) && own.Equals(_packet.Source),
            _ when upper.StartsWith("CLIENT.IP.DST.EQ(", StringComparison.Ordinal) || upper.StartsWith("CLIENT.IPV6.DST.EQ(", StringComparison.Ordinal) || upper.StartsWith("CLIENT.IPV6.DST.IN_SUBNET(", StringComparison.Ordinal) || upper.StartsWith("CLIENT.IP.DST.IN_SUBNET(", StringComparison.Ordinal) => AddressRange.TryParse(argument, out var to) && to.Contains(_packet.Destination),
            _ when upper.StartsWith("CLIENT.TCP.DSTPORT.EQ(", StringComparison.Ordinal) => argument == _packet.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ when upper.StartsWith("HTTP.REQ.URL", StringComparison.Ordinal) => Text(upper, WebUtility.UrlDecode(_packet.Url), argument),
            _ when upper.StartsWith("HTTP.REQ.HOSTNAME", StringComparison.Ordinal) || upper.StartsWith("HTTP.REQ.HEADER(\"HOST\")", StringComparison.Ordinal) => Text(upper, _packet.Host, argument),
            "CLIENT.SSLVPN.IS_SSLVPN" => false,
            _ => null,
        };
    }

    private static bool? Text(string term, string text, string argument) =>
        term.Contains(".CONTAINS(", StringComparison.Ordinal) ? text.Contains(argument, StringComparison.OrdinalIgnoreCase)
        : term.Contains(".STARTSWITH(", StringComparison.Ordinal) ? text.StartsWith(argument, StringComparison.OrdinalIgnoreCase)
        : term.Contains(".ENDSWITH(", StringComparison.Ordinal) ? text.EndsWith(argument, StringComparison.OrdinalIgnoreCase)
        : term.Contains(".EQ(", StringComparison.Ordinal) ? string.Equals(text, argument, StringComparison.OrdinalIgnoreCase) : null;
}
