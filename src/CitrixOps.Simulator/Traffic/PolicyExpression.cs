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
    private readonly string[] _tokens;
    private int _next;

    private PolicyExpression(string text, Node node, Packet packet)
    {
        _node = node;
        _packet = packet;
        _tokens = Token.Matches(text).Select(m => m.Groups["t"].Value).ToArray();
    }

    /// <summary>True, false, or null where it cannot be evaluated (the appliance counts an undef hit).</summary>
    public static bool? Evaluate(string text, Node node, Packet packet) => new PolicyExpression(text, node, packet).Or();

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
            _ when upper.StartsWith("CLIENT.IP.SRC.TYPECAST_TEXT_T.EQUALS_ANY(", StringComparison.Ordinal) => AccessLists.InDataset(_node, argument, _packet.Source),
            _ when upper.StartsWith("HTTP.REQ.URL", StringComparison.Ordinal) && upper.Contains(".CONTAINS(", StringComparison.Ordinal) => WebUtility.UrlDecode(_packet.Url).Contains(argument, StringComparison.OrdinalIgnoreCase),
            "CLIENT.SSLVPN.IS_SSLVPN" => false,
            _ => null,
        };
    }
}
