using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CitrixOps.SampleCases;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

/// <summary>An investigation that crosses a wire or is kept as JSON says the same as before.</summary>
public sealed class InvestigationCopiesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
    private readonly PowerShellSession _session = new();
    private readonly Investigation.Investigation _original;

    public InvestigationCopiesTests()
    {
        var options = new CaseOptions { Kind = CaseKind.Compromised };
        var bundle = GatewayCase.Build(options);
        bundle.Remove("var/log/httpaccess.log.1.gz");
        var hostile = "198.51.100.9 - - [12/Jan/2020:04:14:07 +0100] \"GET /vpn/../vpns/cfg/smb.conf HTTP/1.1\" 403 12 \"-\" \"=cmd|' /C calc'!A0 <script>\u0001\u001b[31m\u202e]]>\" \"Time: 9 microsecs\"\n";
        var shell = $"Jan 12 04:00:00 <local7.notice> {options.HostName} bash[7]: root on /dev/pts/0 shell_command=\"grep 185.178.45.221 /var/log/messages\"\n";
        bundle.Add("var/log/httpaccess.log", hostile + bundle.Text("var/log/httpaccess.log"), options.CollectedAt);
        bundle.Add("var/log/bash.log", shell + bundle.Text("var/log/bash.log"), options.CollectedAt);
        var path = bundle.WriteTarGz(_folder, options.RootName);
        _original = (Investigation.Investigation)_session.Run($"Search-ExploitIndicators '{path}' -Since 2019-12-24 -Until 2020-01-16 -AsReport").Output.Single().BaseObject;
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Through_remoting_and_CliXml_it_keeps_evidence_coverage_and_exclusions()
    {
        var copy = (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(_original, 4));

        Assert.Equal(_original.Verdict.ToString(), copy.Properties["Verdict"].Value.ToString());
        Assert.Equal(_original.ExitCode, copy.Properties["ExitCode"].Value);
        Assert.Equal(_original.Findings.Select(f => (f.Id, f.Excerpt, f.Time!.Value, f.IndicatorId)), List(copy, "Findings").Select(f => ((string)f.Properties["Id"].Value, (string)f.Properties["Excerpt"].Value, DateTimeOffset.Parse(f.Properties["Time"].Value.ToString()!, CultureInfo.InvariantCulture), (string)f.Properties["IndicatorId"].Value)));
        Assert.Equal(_original.Coverage.Select(c => string.Join(',', c.Missing)), List(copy, "Coverage").Select(c => string.Join(',', Texts(c, "Missing"))));
        Assert.Contains(List(copy, "Coverage"), c => Texts(c, "Missing").Count > 0 && List(c, "Gaps").Count > 0);
        Assert.Equal(_original.Excluded.Select(e => (e.Reason, e.Count)), List(copy, "Excluded").Select(e => ((string)e.Properties["Reason"].Value, (long)e.Properties["Count"].Value)));
        Assert.NotEmpty(_original.Excluded);
        Assert.Equal(_original.Chains.SelectMany(c => c.Steps).Select(s => s.FindingId), List(copy, "Chains").SelectMany(c => List(c, "Steps")).Select(s => (string)s.Properties["FindingId"].Value));
        Assert.Equal(_original.Reasons, Texts(copy, "Reasons"));
    }

    [Fact]
    public void As_JSON_nothing_lies_deeper_than_six_and_nothing_can_act()
    {
        var text = JsonConvert.SerializeObject(_original, new JsonSerializerSettings { Converters = { new Newtonsoft.Json.Converters.StringEnumConverter() } });
        var json = JObject.Parse(text);

        Assert.True(Depth(json) <= 6, "depth " + Depth(json));
        Assert.Equal("Compromised", (string?)json["Verdict"]);
        Assert.Equal(_original.Findings.Count, json["Findings"]!.Count());
        Assert.Equal(_original.Coverage.Count, json["Coverage"]!.Count());
        Assert.Equal(_original.Excluded.Sum(e => e.Count), json["Excluded"]!.Sum(e => (long)e["Count"]!));
        var strings = json.Descendants().OfType<JValue>().Where(v => v.Type == JTokenType.String).Select(v => (string)v!).ToList();
        Assert.DoesNotContain(strings, s => s.Any(c => c is < ' ' and not '\t' or '\u007f' or '\u202e'));
        Assert.Contains(strings, s => s.Contains("\\x1b[31m", StringComparison.Ordinal));
    }

    private static int Depth(JToken token) => token is JContainer container ? (token is JProperty ? 0 : 1) + container.Select(Depth).DefaultIfEmpty(0).Max() : 0;

    private static List<PSObject> List(PSObject o, string name) => ((System.Collections.IEnumerable)((PSObject)o.Properties[name].Value).BaseObject).Cast<object>().Select(PSObject.AsPSObject).ToList();

    private static List<string> Texts(PSObject o, string name) => List(o, name).Select(t => (string)t.BaseObject).ToList();
}
