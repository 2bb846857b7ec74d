using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation.Sessions;

/// <summary>Sessions that were used without having been opened, and everything ordinary that looks like it.</summary>
public sealed class SessionTheftTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 7, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();
    private readonly StringBuilder _log = new();
    private int _number = 1;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_ordinary_month_has_nothing_above_low()
    {
        var result = Bundle(new CaseOptions { SessionUsers = 40 });

        Assert.Empty(result.Findings.Where(f => f.Severity > Severity.Low).Select(f => $"{f.IndicatorId} {f.Reason}"));
        Assert.Contains(result.Findings, f => f.IndicatorId == "session-other-address");
        Assert.Equal(InvestigationVerdict.NoTrace, result.Verdict);
    }

    [Fact]
    public void Replayed_sessions_of_many_users_are_a_break_in()
    {
        var result = Bundle(new CaseOptions { SessionUsers = 40, Kind = CaseKind.Bleed });

        Assert.Equal(InvestigationVerdict.Compromised, result.Verdict);
        var taken = Assert.Single(result.Findings, f => f.IndicatorId == "session-used-by-attacker");
        Assert.Equal("192.0.2.177", taken.SourceAddress);
        Assert.Contains("40 users", taken.Reason, StringComparison.Ordinal);
        Assert.Contains(result.Findings, f => f.IndicatorId == "login-messages-with-memory" && f.Reason.StartsWith("40 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("disk")]
    [InlineData("relay")]
    [InlineData("head")]
    [InlineData("grep")]
    [InlineData("lines of Windows")]
    [InlineData("joined")]
    [InlineData("two in a line")]
    [InlineData("day first")]
    [InlineData("year first, no zone")]
    [InlineData("no host")]
    [InlineData("release 10")]
    [InlineData("no log level")]
    public void Theft_is_found_however_the_log_is_written_and_arrives(string way)
    {
        var bundle = GatewayCase.Build(new CaseOptions { SessionUsers = 40, Kind = CaseKind.Bleed, Peer = null });
        var files = bundle.Files.Select(f => f.Path).Where(p => p.StartsWith("var/log/ns.log", StringComparison.Ordinal)).OrderByDescending(p => p == "var/log/ns.log" ? -1 : int.Parse(p.Split('.')[2], CultureInfo.InvariantCulture));
        var lines = files.SelectMany(f => bundle.Text(f).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => way switch
        {
            "relay" => "<134>1 2020-01-09T01:10:00Z gw relay 9 - - " + l,
            "head" => "Jan  9 02:10:00 10.0.0.1 " + l,
            "grep" => "/var/log/ns.log.3.gz:17:" + l,
            "lines of Windows" => l + "\r",
            "joined" => l + "#012",
            "day first" => Regex.Replace(l, "([0-9]{2})/([0-9]{2})/(20[0-9]{2}:)", "$2/$1/$3"),
            "year first, no zone" => Regex.Replace(l, "([0-9]{2})/([0-9]{2})/(20[0-9]{2})(:[0-9:]{8}) GMT", "$3/$1/$2$4 "),
            "no host" => l.Replace(" GMT gw-raadhuis ", " GMT  ", StringComparison.Ordinal),
            "release 10" => Regex.Replace(l, "GMT gw-raadhuis 0-(PPE-0 : )default (.*?) ([0-9]+) 0 :  ", "GMT  $1$2 $3 : "),
            "no log level" => l.Replace("<local0.info> ", "", StringComparison.Ordinal),
            _ => l,
        });
        var all = lines.ToList();
        var written = way != "two in a line" ? all : [.. Enumerable.Range(0, (all.Count + 1) / 2).Select(i => string.Join("#015#012", all.Skip(2 * i).Take(2)))];
        var path = _folder.File("ns.log", string.Join("\n", written) + "\n");

        var result = Shipped.Search(_problems, Window(2020), path).Single();

        Assert.Equal("192.0.2.177", Assert.Single(result.Findings, f => f.IndicatorId == "session-used-by-attacker").SourceAddress);
        Assert.Contains(result.Findings, f => f.IndicatorId == "login-messages-with-memory" && f.Reason!.StartsWith("40 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failover_makes_no_finding_above_low()
    {
        var moment = new DateTimeOffset(2020, 1, 8, 11, 0, 0, TimeSpan.FromHours(1));
        var first = GatewayCase.Build(new CaseOptions { SessionUsers = 20, HostName = "gw-1", ActiveUntil = moment }).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_24Jan2020_09_15");
        var second = GatewayCase.Build(new CaseOptions { SessionUsers = 20, HostName = "gw-2", Nsip = "192.0.2.11", Peer = "192.0.2.10", ActiveFrom = moment }).WriteTarGz(_folder.Path, "collector_S_192.0.2.11_24Jan2020_09_20");

        var pair = Shipped.Search(_problems, Window(2020), first, second).Single();
        var alone = Shipped.Search(_problems, Window(2020), second).Single();

        Assert.Empty(pair.Findings.Concat(alone.Findings).Where(f => f.Severity > Severity.Low).Select(f => f.IndicatorId + f.Reason));
        Assert.Contains(alone.Excluded, e => e.Reason.StartsWith("sessions without a login", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(10, "session-many-users-one-source", InvestigationVerdict.Compromised)]
    [InlineData(9, "session-some-users-one-source", InvestigationVerdict.Inconclusive)]
    [InlineData(3, "session-some-users-one-source", InvestigationVerdict.Inconclusive)]
    public void Several_users_in_one_foreign_place_are_graded_by_their_number(int users, string indicator, InvestigationVerdict verdict)
    {
        Users(users, client: i => $"198.18.{i}.4", source: _ => "192.0.2.66:4000");

        var result = Search();

        Assert.Equal(indicator, Assert.Single(result.Findings).IndicatorId);
        Assert.Equal(verdict, result.Verdict);
    }

    [Theory]
    [InlineData("198.18.5.4", "198.18.5.77:500")]
    [InlineData("2001:db8:1:2::5", "[2001:db8:1:2:ffff::9]:500")]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:2::5:500")]
    [InlineData("198.18.5.4", "::ffff:198.18.5.4:500")]
    [InlineData("198.18.5.4", "10.0.0.8:500")]
    public void The_same_network_is_no_other_place(string client, string source)
    {
        Users(12, _ => client, _ => source);

        var result = Search();

        Assert.Empty(result.Findings);
        Assert.Equal(!source.StartsWith("10.", StringComparison.Ordinal) && !source.EndsWith(client + ":500", StringComparison.Ordinal), result.Excluded.Any(e => e.Reason.StartsWith("records of sessions that moved within one /24", StringComparison.Ordinal) && e.Count == 12));
    }

    [Fact]
    public void An_office_that_people_log_in_from_is_no_foreign_place()
    {
        Users(12, i => $"198.18.{i}.4", _ => "192.0.2.66:4000");
        for (var i = 20; i < 23; i++)
        {
            Login(i, "192.0.2.70", Start.AddHours(30));
        }

        Assert.DoesNotContain(Search().Findings, f => f.Grade == Grade.Strong);
    }

    [Fact]
    public void A_user_who_logged_in_there_too_is_at_home_there_whatever_the_order()
    {
        Users(4, i => $"198.18.{i}.4", _ => "192.0.2.66:4000");
        for (var i = 0; i < 4; i++)
        {
            Login(i, "192.0.2.9", Start.AddDays(2));
        }

        var result = Search();

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.Contains("logged in from too", StringComparison.Ordinal) && e.Count == 4);
    }

    [Fact]
    public void A_proxy_in_front_hides_sources_and_that_is_said()
    {
        for (var i = 0; i < 12; i++)
        {
            Login(i, $"198.18.{i}.4", Start, $" - X-Forwarded-For_ip 198.18.{i}.4, 192.0.2.66");
            Traffic(i, $"198.18.{i}.4", "192.0.2.66:4000", Start.AddMinutes(5));
        }

        var result = Search();

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.Contains("X-Forwarded-For", StringComparison.Ordinal) && e.Count == 12);
    }

    [Fact]
    public void A_proxy_that_the_login_names_is_one_however_few_use_it()
    {
        Login(1, "198.18.1.4", Start, " - X-Forwarded-For_ip 198.18.1.4, 192.0.2.66");
        Traffic(1, "198.18.1.4", "192.0.2.66:4000", Start.AddMinutes(5));

        var result = Search();

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.Contains("X-Forwarded-For", StringComparison.Ordinal) && e.Count == 1);
    }

    [Fact]
    public void The_id_of_another_behind_one_address_is_another_session()
    {
        Users(12, _ => "198.18.5.4", _ => "198.18.5.4:1");
        for (var i = 0; i < 12; i++)
        {
            Logout(i, "198.18.5.4", Start.AddMinutes(170), "01:00:00");
        }

        // the id of user 3, as a node gives it again
        Line(Start.AddMinutes(200), "SSLVPN LOGOUT", "Context user99@198.18.5.4 - SessionId: 103 - User user99 - Client_ip 198.18.5.4 - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Duration 00:30:00  - LogoutMethod \"Explicit\"");

        Assert.Contains("user99", Assert.Single(Search().Findings, f => f.IndicatorId == "session-without-login").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_many_sessions_have_no_login_the_log_lacks_logins()
    {
        Users(6, i => $"198.18.{i}.4", i => $"198.18.{i}.4:1");
        for (var i = 0; i < 12; i++)
        {
            Logout(i, $"198.18.{i}.4", Start.AddMinutes(170), "01:00:00");
        }

        var result = Search();

        Assert.DoesNotContain(result.Findings, f => f.IndicatorId == "session-without-login");
        Assert.Contains(result.Excluded, e => e.Reason.StartsWith("sessions without a login", StringComparison.Ordinal) && e.Count == 6);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("add HA node 1 192.0.2.11\n", false)]
    public void A_login_may_stand_in_the_log_of_the_other_node(string pair, bool found)
    {
        Users(12, i => $"198.18.{i}.4", i => $"198.18.{i}.4:1");
        for (var i = 0; i < 12; i++)
        {
            Logout(i, $"198.18.{i}.4", Start.AddMinutes(170), "01:00:00");
        }

        Logout(99, "192.0.2.66", Start.AddMinutes(190), "00:30:00");
        Write();
        _folder.File("ns.conf", "#NS13.1 Build 48.47\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nset ns hostName gw\n" + pair);

        Assert.Equal(found, Shipped.Search(_problems, Window(2025), _folder.Path).Single().Findings.Any(f => f.IndicatorId == "session-without-login"));
    }

    [Fact]
    public void One_who_moves_is_a_lead_and_one_in_two_places_is_more()
    {
        Login(0, "198.18.1.4", Start);
        Traffic(0, "198.18.1.4", "198.18.1.4:1", Start.AddMinutes(5));
        Traffic(0, "198.18.1.4", "192.0.2.66:1", Start.AddMinutes(50));

        var moved = Search();
        Assert.Equal([Severity.Low], moved.Findings.Select(f => f.Severity).Distinct());
        Assert.Equal(InvestigationVerdict.NoTrace, moved.Verdict);

        for (var i = 0; i < 3; i++)
        {
            Traffic(0, "198.18.1.4", "198.18.1.4:1", Start.AddMinutes(60).AddSeconds(60 * i));
            Traffic(0, "198.18.1.4", "192.0.2.66:1", Start.AddMinutes(60).AddSeconds((60 * i) + 20));
        }

        Assert.Contains(Search().Findings, f => f.IndicatorId == "session-two-places");
    }

    [Theory]
    [InlineData("00:30:00", true)]
    [InlineData("20:00:00", false)]
    public void A_session_without_a_login_counts_only_where_the_log_covers_its_beginning(string duration, bool found)
    {
        Users(12, i => $"198.18.{i}.4", i => $"198.18.{i}.4:1");
        for (var i = 0; i < 12; i++)
        {
            Logout(i, $"198.18.{i}.4", Start.AddMinutes(70), "01:00:00");
        }

        Logout(99, "192.0.2.66", Start.AddMinutes(90), duration);

        Assert.Equal(found, Search().Findings.Any(f => f.IndicatorId == "session-without-login"));
    }

    [Theory]
    [InlineData("\u00ff\u0081\u0002\u00fe\u00c3", true)]
    [InlineData("m\u00fcller", false)]
    [InlineData("m\u00c3\u00bcller", false)]
    [InlineData("jan", false)]
    public void Memory_in_a_refused_login_is_told_from_names(string name, bool found)
    {
        Line(Start, "AAA Message", $"\"Authentication is rejected for {name} (client ip : 192.0.2.66  , vserver ip: 203.0.113.10), extended error, if any : \"");

        var findings = Search().Findings;

        Assert.Equal(found, findings.Any(f => f.IndicatorId == "login-message-with-memory" && f.SourceAddress == "192.0.2.66"));
        Assert.DoesNotContain(findings, f => f.IndicatorId == "login-messages-with-memory");
    }

    [Theory]
    [InlineData("\u0001\u0002", 30, true)]
    [InlineData("\u0001\u0002", 29, false)]
    [InlineData("", 200, true)]
    [InlineData("jan", 500, false)]
    public void A_burst_of_unreadable_names_is_an_attempt(string user, int count, bool found)
    {
        for (var i = 0; i < count; i++)
        {
            Line(Start.AddSeconds(i), "AAA LOGIN_FAILED", $"User {user} - Client_ip 192.0.2.66 - Failure_reason \"denied\" - Browser curl");
        }

        Assert.Equal(found, Search().Findings.Any(f => f.IndicatorId == "login-failed-garbage-burst"));
    }

    [Fact]
    public void Scripted_logins_of_two_users_support_and_of_one_are_a_lead()
    {
        Login(1, "192.0.2.66", Start, agent: "python-requests/2.31");
        Assert.Equal("session-scripted-client", Assert.Single(Search().Findings).IndicatorId);

        Login(2, "192.0.2.67", Start.AddMinutes(20), agent: "curl/8.1");
        Assert.Equal("session-scripted-users", Assert.Single(Search().Findings).IndicatorId);
    }

    [Fact]
    public void An_ica_connection_from_elsewhere_is_a_lead()
    {
        Login(1, "198.18.1.4", Start);
        Line(Start.AddMinutes(1), "SSLVPN ICASTART", "Source 192.0.2.66:50000 - Destination 10.2.2.2:2598 - customername  - username:domainname user1:CORP - applicationName Calc - startTime \"07/01/2025:06:01:00 GMT\" - connectionId 5a5");
        Line(Start.AddMinutes(1), "SSLVPN ICASTART", "Source 198.18.1.4:50000 - Destination 10.2.2.2:2598 - customername  - username:domainname user1:CORP - applicationName Calc - startTime \"07/01/2025:06:01:00 GMT\" - connectionId 5a6");

        var findings = Search().Findings.Where(f => f.IndicatorId == "session-ica-other-network").ToList();

        Assert.Equal("192.0.2.66", Assert.Single(findings).SourceAddress);
    }

    [Fact]
    public void A_user_in_two_distant_networks_within_minutes_is_a_lead()
    {
        Login(1, "198.18.1.4", Start);
        Login(1, "203.0.113.9", Start.AddMinutes(8));
        Assert.Contains(Search().Findings, f => f.IndicatorId == "session-user-in-two-networks" && f.Severity == Severity.Low);
    }

    [Theory]
    [InlineData("198.18.1.77")]
    [InlineData("10.0.0.8")]
    [InlineData("192.0.2.66", true)]
    [InlineData("192.0.2.66", false, false)]
    public void An_ica_connection_from_where_the_user_is_known_or_from_nobody_known_is_none(string source, bool later = false, bool login = true)
    {
        if (login)
        {
            Login(1, "198.18.1.4", Start);
        }

        Line(Start.AddMinutes(1), "SSLVPN ICAEND_CONNSTAT", $"Source {source}:50000 - Destination 10.2.2.2:2598 - customername  - username:domainname user1:CORP - startTime \"07/01/2025:06:01:00 GMT\" - connectionId 5a5");
        if (later)
        {
            Login(1, "192.0.2.9", Start.AddHours(5));
        }

        Assert.DoesNotContain(Search().Findings, f => f.IndicatorId.StartsWith("session-ica", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("198.18.9.9", 8, 0)]
    [InlineData("10.0.0.8", 8, 0)]
    [InlineData("2001:db8:7::1", 8, 0)]
    [InlineData("203.0.113.9", 11, 0)]
    [InlineData("203.0.113.9", 8, 90)]
    [InlineData("203.0.113.9", -90, 0)]
    public void Two_networks_that_are_near_or_private_or_long_used_or_far_apart_in_time_are_none(string other, int minutes, int stays)
    {
        Login(1, "198.18.1.4", minutes < 0 ? Start.AddHours(-3) : Start);
        Login(1, other, Start.AddHours(minutes < 0 ? -3 : 0).AddMinutes(Math.Abs(minutes) is 90 ? 8 : minutes));
        if (stays > 0)
        {
            // both are places where the user works
            Login(1, "198.18.1.4", Start.AddMinutes(20 + stays));
            Login(1, other, Start.AddMinutes(40 + stays));
        }

        Assert.DoesNotContain(Search().Findings, f => f.IndicatorId == "session-user-in-two-networks");
    }

    [Fact]
    public void Sessions_that_began_before_the_log_show_nothing()
    {
        for (var i = 0; i < 12; i++)
        {
            Traffic(i, $"198.18.{i}.4", $"198.18.{i}.4:5", Start.AddMinutes(i));
            Logout(i, $"198.18.{i}.4", Start.AddMinutes(30 + i), "30:00:00");
        }

        var result = Search();

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.StartsWith("sessions without a login", StringComparison.Ordinal) && e.Count == 12);
    }

    [Fact]
    public void An_id_that_is_given_again_after_a_failover_is_another_session()
    {
        Login(0, "198.18.1.4", Start);
        Traffic(0, "198.18.1.4", "198.18.1.4:5", Start.AddMinutes(2));
        Line(Start.AddMinutes(30), "SSLVPN LOGIN", "Context user7@203.0.113.77 - SessionId: 100 - User user7 - Client_ip 203.0.113.77 - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"x\" - SSLVPN_client_type ICA - Group(s) \"N/A\"");
        Line(Start.AddMinutes(31), "SSLVPN TCPCONNSTAT", "Context user7@203.0.113.77 - SessionId: 100 - User user7 - Client_ip 203.0.113.77 - Nat_ip 10.1.1.9 - Vserver 203.0.113.10:443 - Source 203.0.113.77:5 - Destination 10.1.2.3:443 - Duration 00:00:20  - Access Allowed");

        Assert.Empty(Search().Findings);
    }

    [Fact]
    public void A_logout_from_an_address_that_never_logged_in_is_a_session_without_a_login()
    {
        Users(12, i => $"198.18.{i}.4", i => $"198.18.{i}.4:1");
        for (var i = 1; i < 12; i++)
        {
            Logout(i, $"198.18.{i}.4", Start.AddMinutes(170), "01:00:00");
        }

        Logout(0, "192.0.2.66", Start.AddMinutes(170), "01:00:00");

        Assert.Equal("192.0.2.66", Assert.Single(Search().Findings, f => f.IndicatorId == "session-without-login").SourceAddress);
    }

    [Theory]
    [InlineData("2001:db8:1:2::5, 192.0.2.66", "2001:db8:1:2::5", "192.0.2.66:4000")]
    [InlineData("unknown, 198.18.3.4, 192.0.2.66", "", "192.0.2.66:4000")]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:2::5", "[2001:db8:1:2::77]:4000")]
    public void Lists_of_forwarded_addresses_of_any_kind_are_read(string forwarded, string client, string source)
    {
        for (var i = 0; i < 12; i++)
        {
            Login(i, client, Start, " - X-Forwarded-For_ip " + forwarded);
            Traffic(i, client, source, Start.AddMinutes(5));
        }

        Assert.Empty(Search().Findings);
    }

    [Fact]
    public void Every_heuristic_belongs_to_a_campaign_that_exists()
    {
        var known = Newtonsoft.Json.Linq.JObject.Parse(File.ReadAllText(Path.Combine(Repository.ModuleData, "campaigns.json")))["campaigns"]!.Select(c => (string)c["id"]!).ToHashSet();

        Assert.All(Shipped.Rules.Heuristics, h => Assert.True(h.Campaigns.Count > 0 && h.Campaigns.All(known.Contains), h.Id));
        Assert.Contains(Shipped.Rules.OfCampaigns(["2023-citrixbleed"]).Heuristics, h => h.Id == "session-many-users-one-source");
        Assert.DoesNotContain(Shipped.Rules.OfCampaigns(["2020-shitrix"]).Heuristics, h => h.Id.StartsWith("session-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_use_outside_the_window_is_none_and_a_login_before_it_counts()
    {
        Users(12, i => $"198.18.{i}.4", _ => "192.0.2.66:4000");

        var later = Shipped.Search(_problems, new InvestigationOptions { Since = Start.AddHours(6), Until = Start.AddDays(2), Cve = ["CVE-2025-5777"] }, Write()).Single();

        Assert.Empty(later.Findings);
    }

    [Fact]
    public void Without_its_cve_nothing_is_concluded()
    {
        Users(12, i => $"198.18.{i}.4", _ => "192.0.2.66:4000");

        Assert.Empty(Shipped.Search(_problems, new InvestigationOptions { Since = Start, Until = Start.AddDays(1), Cve = ["CVE-2019-19781"] }, Write()).Single().Findings);
    }

    private static InvestigationOptions Window(int year) => year == 2020
        ? new() { Since = new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2020, 1, 17, 0, 0, 0, TimeSpan.Zero), Cve = ["CVE-2025-5777"] }
        : new() { Since = Start.AddHours(-1), Until = Start.AddDays(3), Cve = ["CVE-2025-5777"] };

    private CitrixOps.Investigation.Investigation Bundle(CaseOptions options) => Shipped.Search(_problems, Window(2020), GatewayCase.Build(options with { Peer = null }).WriteTarGz(_folder.Path, options.RootName)).Single();

    // the log begins before the window and ends after it
    private CitrixOps.Investigation.Investigation Search() => Shipped.Search(_problems, Window(2025), Write()).Single();

    private string Write()
    {
        var text = new StringBuilder();
        for (var hour = -4; hour < 76; hour += 2)
        {
            text.AppendLine(Text(Start.AddHours(hour), "EVENT MONITORUP", "Server_svc_NSSVC_HTTP_10.1.1.20:443(web-01) - State UP"));
        }

        var path = Path.Combine(_folder.Path, "ns.log");
        File.WriteAllText(path, string.Join('\n', (text.ToString() + _log).Split('\n', StringSplitOptions.RemoveEmptyEntries).OrderBy(l => l.Substring(l.IndexOf("/2025:", StringComparison.Ordinal) - 5, 19), StringComparer.Ordinal)) + "\n", Encoding.Latin1);
        return path;
    }

    private void Users(int count, Func<int, string> client, Func<int, string> source)
    {
        for (var i = 0; i < count; i++)
        {
            Login(i, client(i), Start);
            Traffic(i, client(i), source(i), Start.AddHours(2).AddMinutes(i));
        }
    }

    private void Login(int user, string client, DateTimeOffset time, string more = "", string agent = "Mozilla/5.0") =>
        Line(time, "SSLVPN LOGIN", $"Context user{user}@{client} - SessionId: {user + 100} - User user{user} - Client_ip {client} - Nat_ip \"Mapped Ip\"{more} - Vserver 203.0.113.10:443 - Browser_type \"{agent}\" - SSLVPN_client_type ICA - Group(s) \"N/A\"");

    private void Traffic(int user, string client, string source, DateTimeOffset time) =>
        Line(time, "SSLVPN TCPCONNSTAT", $"Context user{user}@{client} - SessionId: {user + 100} - User user{user} - Client_ip {client} - Nat_ip 10.1.1.9 - Vserver 203.0.113.10:443 - Source {source} - Destination 10.1.2.3:443 - Duration 00:00:20  - Access Allowed");

    private void Logout(int user, string client, DateTimeOffset time, string duration) =>
        Line(time, "SSLVPN LOGOUT", $"Context user{user}@{client} - SessionId: {user + 100} - User user{user} - Client_ip {client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Duration {duration}  - LogoutMethod \"Explicit\"");

    private void Line(DateTimeOffset time, string what, string text) => _log.Append(Text(time, what, text)).Append('\n');

    private string Text(DateTimeOffset time, string what, string text) => string.Create(CultureInfo.InvariantCulture,
        $"{time:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default {what} {_number++} 0 :  {text}");
}
