using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Each shipped correlation in a search of logs: what must be found, and what differs from it in one thing and must not.</summary>
public sealed class ShippedCorrelationsTests
{
    private const string Script = "POST /vpn/../vpns/portal/scripts/newbm.pl HTTP/1.1";
    private const string Template = "GET /vpn/../vpns/portal/kq3tbmwx.xml HTTP/1.1";
    private const string Report = "POST /pcidss/report?type=all_signatures&sid=x&profileid=y&sig_name=_default_signature_ HTTP/1.1";
    private const string Download = "POST /rapi/filedownload?filter=path:%2Fetc%2Fpasswd HTTP/1.1";
    private const string Dtls = "SPCBId 5 - ClientIP 198.51.100.3 - ClientPort 49156 - VserverServiceIP 203.0.113.10 - VserverServicePort 443 - ClientVersion DTLSv1.0 - CipherSuite \"x\" - Reason \"Handshake failure-Internal Error\"";
    private const string Saml = "\"AuthnReq start tag parsed, id=<_1>, acs=<https://x.example>, forceAuth=<0>, binding=<Unknown>\"";
    private const string Death = "kernel: pid 812 (nsppe), uid 0: exited on signal 11 (core dumped)";
    private static readonly DateTimeOffset Start = new(2026, 9, 12, 3, 0, 0, TimeSpan.Zero);

    public static IEnumerable<object[]> Cases() => Scenes().Select(s => new object[] { s.Id, s.What, s.Found });

    [Fact]
    public void Every_correlation_is_tried_both_ways()
    {
        var ids = Shipped.Rules.Correlations.Select(c => c.Id).Order(StringComparer.Ordinal);

        Assert.Equal(ids, Scenes().Where(s => s.Found).Select(s => s.Id).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(ids, Scenes().Where(s => !s.Found).Select(s => s.Id).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_correlation_holds_where_it_should(string id, string what, bool found)
    {
        using var folder = new TemporaryFolder();
        foreach (var log in Scenes().Single(s => s.Id == id && s.What == what).Lines.GroupBy(l => l.Log))
        {
            File.SetLastWriteTimeUtc(folder.File(log.Key, string.Concat(log.Select(l => l.Line + "\n"))), Start.AddDays(1).UtcDateTime);
        }

        var options = new InvestigationOptions { Since = Start.AddDays(-1), Until = Start.AddDays(2), TimeZone = "UTC" };
        var findings = Shipped.Search(new Problems(), options, folder.Path).SelectMany(r => r.Findings);

        Assert.Equal(found, findings.Any(f => f.IndicatorId == id));
    }

    private static IEnumerable<(string Id, string What, bool Found, (string Log, string Line)[] Lines)> Scenes()
    {
        yield return ("shitrix-two-steps", "in order", true, [Access(0, Script, 200), Access(600, Template, 200)]);
        yield return ("shitrix-two-steps", "the other way round", false, [Access(0, Template, 200), Access(60, Script, 200)]);
        yield return ("shitrix-two-steps", "too late", false, [Access(0, Script, 200), Access(601, Template, 200)]);
        yield return ("shitrix-two-steps", "from two addresses", false, [Access(0, Script, 200), Access(60, Template, 200, "203.0.113.8")]);
        yield return ("pcidss-then-file", "in order", true, [Access(0, Report, 406), Access(90, Download, 200)]);
        yield return ("pcidss-then-file", "too late", false, [Access(0, Report, 406), Access(121, Download, 200)]);
        yield return ("pcidss-then-file", "the file was refused", false, [Access(0, Report, 406), Access(90, Download, 406)]);
        yield return ("path-scan", "twenty pages", true, Many(20, i => Access(i, FormattableString.Invariant($"GET /vpn/a{i} HTTP/1.1"), 404)));
        yield return ("path-scan", "nineteen pages", false, Many(19, i => Access(i, FormattableString.Invariant($"GET /vpn/a{i} HTTP/1.1"), 404)));
        yield return ("path-scan", "one page often", false, Many(40, i => Access(i, "GET /vpn/a HTTP/1.1", 404)));
        yield return ("path-scan", "pages that are there", false, Many(40, i => Access(i, FormattableString.Invariant($"GET /vpn/a{i} HTTP/1.1"), 200)));
        yield return ("login-endpoint-burst", "three hundred in an hour", true, Many(300, i => Access(i * 12, "POST /cgi/login HTTP/1.1", 200)));
        yield return ("login-endpoint-burst", "fewer", false, Many(299, i => Access(i * 12, "POST /cgi/login HTTP/1.1", 200)));
        yield return ("login-endpoint-burst", "slower", false, Many(300, i => Access(i * 13, "POST /cgi/login HTTP/1.1", 200)));
        yield return ("saml-endpoint-burst", "two hundred in ten minutes", true, Many(200, i => Access(i * 3, "POST /saml/login HTTP/1.1", 200)));
        yield return ("saml-endpoint-burst", "slower", false, Many(200, i => Access(i * 4, "POST /saml/login HTTP/1.1", 200)));
        yield return ("policy-daemon-started", "twice in an hour", true, [Ns(0, "EVENT", "pb_policy started"), Ns(3600, "EVENT", "pb_policy started")]);
        yield return ("policy-daemon-started", "once a day", false, [Ns(0, "EVENT", "pb_policy started"), Ns(3601, "EVENT", "pb_policy started")]);
        yield return ("dtls-error-then-death", "in order", true, [Ns(0, "SSLLOG SSL_HANDSHAKE_FAILURE", Dtls), Message(600, Death)]);
        yield return ("dtls-error-then-death", "the other way round", false, [Message(0, Death), Ns(300, "SSLLOG SSL_HANDSHAKE_FAILURE", Dtls)]);
        yield return ("dtls-error-then-death", "another reason", false, [Ns(0, "SSLLOG SSL_HANDSHAKE_FAILURE", Dtls.Replace("Internal Error", "Client Hello", StringComparison.Ordinal)), Message(300, Death)]);
        yield return ("saml-probe-then-death", "in order", true, [Ns(0, "SAMLIDP Message", Saml), Message(600, Death)]);
        yield return ("saml-probe-then-death", "too late", false, [Ns(0, "SAMLIDP Message", Saml), Message(601, Death)]);
        yield return ("saml-probe-then-death", "an ordinary request", false, [Ns(0, "SAMLIDP Message", Saml.Replace("<Unknown>", "<HTTP-POST>", StringComparison.Ordinal)), Message(300, Death)]);
    }

    private static (string Log, string Line)[] Many(int count, Func<int, (string, string)> line) => [.. Enumerable.Range(0, count).Select(line)];

    private static (string Log, string Line) Access(int second, string request, int status, string client = "198.51.100.7") =>
        ("httpaccess.log", string.Create(CultureInfo.InvariantCulture, $"{client} - - [{Start.AddSeconds(second):dd/MMM/yyyy:HH:mm:ss} +0000] \"{request}\" {status} 143 \"https://gw.example/\" \"Mozilla/5.0\""));

    private static (string Log, string Line) Ns(int second, string what, string text) =>
        ("ns.log", string.Create(CultureInfo.InvariantCulture, $"{Start.AddSeconds(second):MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {Start.AddSeconds(second):MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default {what} {second} 0 :  {text}"));

    private static (string Log, string Line) Message(int second, string text) => ("messages", string.Create(CultureInfo.InvariantCulture, $"{Start.AddSeconds(second):MMM dd HH:mm:ss} <kern.crit> gw {text}"));
}
