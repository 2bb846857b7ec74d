using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The sentences of ASA messages: a verb, a protocol, and two ends as <c>interface:address/port</c> or <c>interface/address(port)</c>. In
/// "for A to B" of an outbound connection B began it. A teardown does not say who began: the end with the higher port is taken.
/// </summary>
internal static class AsaText
{
    private static readonly char[] Blank = { ' ' };
    private static readonly string[] Protocols = { "tcp", "udp", "icmp", "icmp6", "esp", "gre" };

    /// <summary>Firepower's <c>SrcIP: 10.1.1.1, DstIP: ..., AccessControlRuleAction: Block</c>.</summary>
    public static bool Pairs(LogRecord record, string message)
    {
        if (message.IndexOf("SrcIP: ", StringComparison.Ordinal) < 0)
        {
            return false;
        }

        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in message.Split(new[] { ", " }, StringSplitOptions.None))
        {
            var colon = part.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0)
            {
                pairs[part.Substring(0, colon).Trim()] = part.Substring(colon + 2).Trim();
            }
        }

        string? Get(string key) => pairs.TryGetValue(key, out var value) ? value : null;
        FirewallFields.Ends(record, Get("SrcIP"), Get("SrcPort"), Get("DstIP"), Get("DstPort"));
        FirewallFields.Protocol(record, Get("Protocol"));
        FirewallFields.Action(record, Get("AccessControlRuleAction"));
        record.Set("rule", Get("AccessControlRuleName"));
        record.Set("interface_in", Get("IngressInterface"));
        record.Set("interface_out", Get("EgressInterface"));
        record.Set("bytes_sent", Get("InitiatorBytes"));
        record.Set("bytes_received", Get("ResponderBytes"));
        record.Set("url", Get("URL"));
        record.Set("user", Get("User"));
        return true;
    }

    /// <summary>Reads a sentence.</summary>
    public static void Sentence(LogRecord record, string message)
    {
        var words = message.Split(Blank, StringSplitOptions.RemoveEmptyEntries);
        var ends = words.Select(End.Of).Where(e => e is not null).Take(2).ToList();
        FirewallFields.Action(record, Verb(words));
        FirewallFields.Protocol(record, words.FirstOrDefault(w => Protocols.Contains(w.ToLowerInvariant())));
        if (ends.Count == 0)
        {
            return;
        }

        var outbound = words.Contains("outbound");
        var built = record["action_logged"] is "Built";
        var teardown = record["action_logged"] is "Teardown";
        var swap = ends.Count == 2 && ((built && outbound) || (teardown && ends[1]!.PortNumber > ends[0]!.PortNumber));
        var (from, to) = ends.Count == 1 ? (ends[0], null) : swap ? (ends[1], ends[0]) : (ends[0], ends[1]);
        FirewallFields.Ends(record, from?.Address, from?.Port, to?.Address, to?.Port);
        record.Set("interface_in", from?.Interface);
        record.Set("interface_out", to?.Interface);
        record.Set("direction", outbound ? "outbound" : words.Contains("inbound") ? "inbound" : null);
        record.Set("rule", After(words, "access-group") ?? After(words, "access-list"));
        record.Set("bytes_sent", After(words, "bytes"));
    }

    private static string? Verb(string[] words)
    {
        foreach (var word in words)
        {
            if (word.TrimEnd(',', '.') is "Built" or "Teardown" or "Deny" or "denied" or "permitted" or "Permitted" or "Denied" or "Dropped" or "est-allowed")
            {
                return word == "est-allowed" ? "permitted" : word;
            }
        }

        return null;
    }

    private static string? After(string[] words, string word)
    {
        var at = Array.IndexOf(words, word);
        return at < 0 || at + 1 >= words.Length ? null : words[at + 1].Trim('"', ',');
    }

    private sealed class End
    {
        public string? Interface { get; private set; }

        public string Address { get; private set; } = "";

        public string? Port { get; private set; }

        public int PortNumber => int.TryParse(Port, out var number) ? number : 0;

        // outside:192.0.2.10/51234, dmz/192.0.2.10(51234), 192.0.2.10/51234, 192.0.2.10; what stands in parentheses alone is translated
        public static End? Of(string word)
        {
            if (word.Length == 0 || word[0] == '(')
            {
                return null;
            }

            var end = new End();
            var text = word.TrimEnd(',', ';');
            var open = text.IndexOf('(');
            if (open > 0 && text.EndsWith(")", StringComparison.Ordinal))
            {
                end.Port = text.Substring(open + 1, text.Length - open - 2);
                text = text.Substring(0, open);
            }

            for (var at = -1; ; at = text.IndexOfAny(new[] { ':', '/' }, at + 1))
            {
                var rest = text.Substring(at + 1);
                var slash = rest.LastIndexOf('/');
                if (slash > 0 && EndpointText.IsAddress(rest.Substring(0, slash)))
                {
                    end.Address = rest.Substring(0, slash);
                    end.Port ??= rest.Substring(slash + 1);
                    end.Interface = at > 0 ? text.Substring(0, at) : null;
                    return end;
                }

                if (EndpointText.IsAddress(rest))
                {
                    end.Address = rest;
                    end.Interface = at > 0 ? text.Substring(0, at) : null;
                    return end;
                }

                if (text.IndexOfAny(new[] { ':', '/' }, at + 1) < 0)
                {
                    return null;
                }
            }
        }
    }
}
