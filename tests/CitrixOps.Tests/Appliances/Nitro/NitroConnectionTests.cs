using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Simulator.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Appliances.Nitro;

/// <summary>One node over HTTPS: login, session, faults.</summary>
public sealed class NitroConnectionTests : LivePair
{
    public static TheoryData<FaultKind, int, string> Faults => new()
    {
        { FaultKind.CutAfterHeaders, 0, "AnswerIncomplete" },
        { FaultKind.CutBody, 0, "AnswerIncomplete" },
        { FaultKind.WrongLength, 0, "AnswerIncomplete" },
        { FaultKind.LoseResponse, 0, "AnswerIncomplete" },
        { FaultKind.Refuse, 0, "AnswerIncomplete" },
        { FaultKind.Html503, 0, "ApplianceNotReady" },
        { FaultKind.KillSession, 0, "SessionEnded" },
        { FaultKind.ErrorCode, 2138, "NotAuthorised" },
        { FaultKind.ErrorCode, 258, "ObjectNotFound" },
        { FaultKind.ErrorCode, 603, "ApplianceBusy" },
        { FaultKind.ErrorCode, 368, "NotPrimary" },
        { FaultKind.ErrorCode, 1138, "NitroError" },
    };

    public static TheoryData<int, string> LoginCodes => new()
    {
        { 354, "LoginFailed" },
        { 384, "InterfaceNotAllowed" },
        { 1034, "LoginNeedsMore" },
        { 1045, "PasswordChangeNeeded" },
        { 1046, "PasswordChangeNeeded" },
        { 1047, "PasswordChangeNeeded" },
        { 1244, "HeaderLoginDisabled" },
        { 445, "SessionLimit" },
        { 446, "SessionLimit" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_goes_wrong_for_good_is_said_and_leaves_no_session(FaultKind kind, int code, string id)
    {
        using var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        First.Faults.Add(new Fault { Kind = kind, Code = code, Type = "nsversion", Times = 0 });

        var failure = await Assert.ThrowsAsync<NitroException>(() => Version(connection));

        Assert.Equal(id, failure.Problem.Id);
        Assert.NotEmpty(failure.Problem.Recommendation!);
        Assert.Contains("127.0.0.1", failure.Problem.Message);
        Assert.DoesNotContain(Host.Password, failure.ToString());
        connection.Dispose();
        Assert.Equal(0, First.OpenSessions);
    }

    [Theory]
    [InlineData(FaultKind.CutAfterHeaders)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.WrongLength)]
    [InlineData(FaultKind.LoseResponse)]
    [InlineData(FaultKind.Refuse)]
    [InlineData(FaultKind.Html503)]
    [InlineData(FaultKind.KillSession)]
    public async Task A_read_gets_over_what_passes(FaultKind kind)
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        First.Faults.Add(new Fault { Kind = kind, Type = "nsversion" });

        Assert.Contains("NS13.1", NitroReply.Text((await Version(connection)).Single("nsversion")["version"]));
        Assert.Equal(1, First.OpenSessions);
    }

    [Fact]
    public async Task An_answer_that_is_late_is_not_asked_for_again()
    {
        var connection = Connection(Options with { Timeout = TimeSpan.FromMilliseconds(400) });
        await connection.OpenAsync(CancellationToken.None);
        First.Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(20), Type = "nsversion", Times = 0 });
        var before = connection.Calls;

        Assert.Equal("NoAnswerInTime", (await Assert.ThrowsAsync<NitroException>(() => Version(connection))).Problem.Id);
        Assert.Equal(before + 1, connection.Calls);
    }

    [Theory]
    [MemberData(nameof(LoginCodes))]
    public async Task A_refused_login_says_why(int code, string id)
    {
        First.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = code, Type = "login", Times = 0 });
        var connection = Connection();

        var failure = await Assert.ThrowsAsync<NitroException>(() => connection.OpenAsync(CancellationToken.None));

        Assert.Equal(id, failure.Problem.Id);
        Assert.DoesNotContain(Host.Password, failure.ToString());
        Assert.Equal(code is 445 or 446 ? 4 : 1, connection.Calls);
    }

    [Fact]
    public async Task A_wrong_password_is_sent_once()
    {
        var connection = Connection(Options with { Credential = new NitroCredential(new NetworkCredential(Host.User, "Wrong-" + "1")) });

        var failure = await Assert.ThrowsAsync<NitroException>(() => connection.OpenAsync(CancellationToken.None));

        Assert.Equal(354, failure.Code);
        Assert.Equal(1, First.Counters.Of("POST login"));
        Assert.DoesNotContain("Wrong-", failure.ToString());
    }

    [Fact]
    public async Task Where_no_session_is_free_it_waits_and_says_so()
    {
        First.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 446, Type = "login", Times = 2 });

        await Connection().OpenAsync(CancellationToken.None);

        Assert.Equal(2, Notices.Count);
        Assert.All(Notices, n => Assert.Contains("no session free", n));
    }

    [Fact]
    public async Task A_full_appliance_is_not_asked_for_ever()
    {
        First.MaximumSessions = 0;

        Assert.Equal("SessionLimit", (await Assert.ThrowsAsync<NitroException>(() => Connection().OpenAsync(CancellationToken.None))).Problem.Id);
        Assert.Equal(4, First.Counters.Of("POST login"));
    }

    [Fact]
    public async Task A_login_whose_answer_was_cut_is_logged_out()
    {
        First.Faults.Add(new Fault { Kind = FaultKind.CutBody, Type = "login" });

        Assert.Equal("AnswerIncomplete", (await Assert.ThrowsAsync<NitroException>(() => Connection().OpenAsync(CancellationToken.None))).Problem.Id);
        Assert.Equal(1, First.SessionsOpened);
        Assert.Equal(0, First.OpenSessions);
    }

    [Fact]
    public async Task A_login_without_any_answer_is_not_repeated_and_says_what_may_be_left()
    {
        First.Faults.Add(new Fault { Kind = FaultKind.LoseResponse, Type = "login" });

        var failure = await Assert.ThrowsAsync<NitroException>(() => Connection().OpenAsync(CancellationToken.None));

        Assert.Equal("LoginUnanswered", failure.Problem.Id);
        Assert.Contains("15 minutes", failure.Problem.Message);
        Assert.Equal(1, First.Counters.Of("POST login"));
        First.KillSessions();
    }

    [Fact]
    public async Task A_login_that_is_given_up_is_logged_out()
    {
        using var stop = new CancellationTokenSource();
        First.Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMilliseconds(300), Type = "login" });
        var opening = Connection().OpenAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.Equal(0, First.OpenSessions);
    }

    [Theory]
    [InlineData("POST", FaultKind.LoseResponse)]
    [InlineData("DELETE", FaultKind.LoseResponse)]
    [InlineData("POST", FaultKind.CutAfterHeaders)]
    [InlineData("DELETE", FaultKind.CutBody)]
    public async Task A_write_without_an_answer_is_never_repeated(string method, FaultKind kind)
    {
        var connection = Connection();
        await connection.SendAsync(NitroCall.Add("server", Server("before")), CancellationToken.None);
        var writes = First.Counters.Writes;
        First.Faults.Add(new Fault { Kind = kind, Method = method, Type = "server" });

        var failure = await Assert.ThrowsAsync<NitroException>(() => connection.SendAsync(method == "POST" ? NitroCall.Add("server", Server("after")) : NitroCall.Delete("server", "before"), CancellationToken.None));

        Assert.Equal(Delivery.Unknown, failure.Delivery);
        Assert.Equal(writes + 1, First.Counters.Writes);
    }

    [Theory]
    [InlineData(444)]
    [InlineData(1027)]
    public async Task Each_code_for_an_ended_session_logs_in_again_once(int code)
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        First.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = code, Type = "nsversion" });

        Assert.True((await Version(connection)).Succeeded);
        Assert.Equal(2, First.Counters.Of("POST login"));
        First.KillSessions();
    }

    [Fact]
    public async Task A_compressed_answer_is_read_whether_asked_for_or_not()
    {
        var connection = Connection();
        First.Faults.Add(new Fault { Kind = FaultKind.Gzip, Type = "nsversion" });

        Assert.Contains("13.1", NitroReply.Text((await Version(connection)).Single("nsversion")["version"]));
    }

    [Fact]
    public async Task A_write_on_a_session_that_was_killed_is_done_once()
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        First.KillSessions();

        await connection.SendAsync(NitroCall.Add("server", Server("once")), CancellationToken.None);

        Assert.Equal(2, First.Counters.Of("POST login"));
        Assert.Single(First.Objects("server"), s => s["name"] == "once");
    }

    [Fact]
    public async Task Parallel_calls_share_one_new_login()
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        First.KillSessions();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Version(connection)));

        Assert.Equal(2, First.Counters.Of("POST login"));
    }

    [Fact]
    public async Task The_partition_is_entered_again_after_a_new_login()
    {
        var connection = Connection(Options with { Partition = "Sociaal" });
        await connection.OpenAsync(CancellationToken.None);
        First.KillSessions();

        await connection.SendAsync(NitroCall.Add("server", Server("within")), CancellationToken.None);

        Assert.Contains(First.Objects("server", "Sociaal"), s => s["name"] == "within");
        Assert.DoesNotContain(First.Objects("server"), s => s["name"] == "within");
    }

    [Fact]
    public async Task A_partition_that_is_not_there_is_said_and_logged_out()
    {
        var connection = Connection(Options with { Partition = "Nergens" });

        Assert.Equal("ObjectNotFound", (await Assert.ThrowsAsync<NitroException>(() => connection.OpenAsync(CancellationToken.None))).Problem.Id);
        connection.Dispose();
        Assert.Equal(0, First.OpenSessions);
    }

    [Fact]
    public async Task An_untrusted_certificate_shows_the_value_to_compare_and_gets_no_password()
    {
        var failure = await Assert.ThrowsAsync<NitroException>(() => Connection(Options with { Pins = [] }).OpenAsync(CancellationToken.None));

        Assert.Equal("CertificateNotTrusted", failure.Problem.Id);
        Assert.Equal(ErrorKind.SecurityRefusal, failure.Problem.Kind);
        Assert.Contains(NitroPins.Spaced(NitroPins.Parse([First.Thumbprint])[0]), failure.Problem.Message);
        Assert.Equal(0, First.Counters.Requests);
    }

    [Fact]
    public async Task The_other_nodes_pin_is_not_enough() =>
        Assert.Equal("CertificateNotTrusted", (await Assert.ThrowsAsync<NitroException>(() => Connection(Options with { Pins = NitroPins.Parse([Second.Thumbprint]) }).OpenAsync(CancellationToken.None))).Problem.Id);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_changes_ends_the_work(bool pinned)
    {
        var connection = Connection(pinned ? Options : Options with { Pins = [], SkipCertificateCheck = true });
        await connection.OpenAsync(CancellationToken.None);
        First.Faults.Add(new Fault { Kind = FaultKind.ChangeCertificate, Type = "nsversion" });
        await Version(connection);
        var requests = First.Counters.Requests;

        var failure = await Assert.ThrowsAsync<NitroException>(() => Version(connection));

        Assert.Equal("CertificateChanged", failure.Problem.Id);
        Assert.Equal(requests, First.Counters.Requests);
        First.KillSessions();
    }

    [Theory]
    [InlineData("SHA256 Fingerprint=", ":")]
    [InlineData("", "")]
    [InlineData("sha256=", " ")]
    public async Task A_pin_is_taken_as_people_have_it(string prefix, string between)
    {
        var digits = NitroPins.Parse([First.Thumbprint])[0].ToLowerInvariant();
        var pin = prefix + string.Join(between, Enumerable.Range(0, 32).Select(i => digits.Substring(i * 2, 2)));

        await Connection(Options with { Pins = [pin] }).OpenAsync(CancellationToken.None);
    }

    [Fact]
    public void A_SHA1_thumbprint_is_refused() =>
        Assert.Equal("FingerprintNotRecognised", Assert.Throws<CitrixOpsException>(() => NitroPins.Parse([new string('a', 40)])).Problem.Id);

    [Fact]
    public async Task A_missing_right_names_command_and_line()
    {
        First.Put("systemuser", new Dictionary<string, string> { ["username"] = "kijker", ["password"] = "Look-" + "1" });
        First.Put("systemcmdpolicy", new Dictionary<string, string> { ["policyname"] = "kijk", ["action"] = "ALLOW", ["cmdspec"] = @"^show ns version\b" });
        First.Put("systemuser_systemcmdpolicy_binding", new Dictionary<string, string> { ["username"] = "kijker", ["policyname"] = "kijk", ["priority"] = "1" });
        var connection = Connection(Options with { Credential = new NitroCredential(new NetworkCredential("kijker", "Look-1")) });

        await Version(connection);
        var failure = await Assert.ThrowsAsync<NitroException>(() => connection.SendAsync(NitroCall.Do("vpnvserver", "disable", new JObject { ["name"] = "gw-intern" }), CancellationToken.None));

        Assert.Equal("NotAuthorised", failure.Problem.Id);
        Assert.Contains("disable vpn vserver gw-intern", failure.Problem.Message);
        Assert.Contains(@"^disable vpn vserver\b", failure.Problem.Recommendation);
    }

    [Fact]
    public async Task A_closed_session_says_so()
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);
        await connection.CloseAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("SessionClosed", (await Assert.ThrowsAsync<CitrixOpsException>(() => Version(connection))).Problem.Id);
        Assert.Equal(0, First.OpenSessions);
    }

    [Theory]
    [InlineData("http://gw1", "PlainHttpRefused")]
    [InlineData("gw1/path", "AddressNotRecognised")]
    [InlineData("", "AddressNotRecognised")]
    [InlineData("user@gw1", "AddressNotRecognised")]
    public void An_address_that_is_none_is_refused(string text, string id) => Assert.Equal(id, Assert.Throws<CitrixOpsException>(() => NitroAddress.Parse(text)).Problem.Id);

    [Theory]
    [InlineData("gw1", "gw1")]
    [InlineData("https://gw1:8443/", "gw1:8443")]
    [InlineData("2001:db8::10", "2001:db8::10")]
    [InlineData("[2001:db8::10]:8443", "[2001:db8::10]:8443")]
    public void An_address_is_read(string text, string shown) => Assert.Equal(shown, NitroAddress.Parse(text).ToString());

    [Theory]
    [InlineData("a+b/c d", "%252F")]
    [InlineData("x?y", "%253F")]
    public void A_name_in_the_path_is_encoded_twice(string name, string part) => Assert.Contains(part, NitroCall.Get("lbvserver", name).PathAndQuery());

    [Fact]
    public async Task Awkward_names_arrive_as_they_are()
    {
        var connection = Connection();
        const string Name = "a b:c#d@e=f";
        await connection.SendAsync(NitroCall.Add("server", Server(Name)), CancellationToken.None);

        Assert.Equal(Name, NitroReply.Text((await connection.SendAsync(NitroCall.Get("server", Name), CancellationToken.None)).Single("server")["name"]));
        Assert.Equal(1, (await connection.SendAsync(NitroCall.Get("server") with { Options = "count=yes", Filters = [("name", Name)] }, CancellationToken.None)).Count("server"));
    }

    [Fact]
    public async Task An_empty_list_is_no_key_and_no_error() => Assert.Empty((await Connection().SendAsync(NitroCall.Get("responderpolicy"), CancellationToken.None)).Rows("responderpolicy"));

    [Fact]
    public async Task A_bulk_request_says_per_object_how_it_went()
    {
        var connection = Connection();
        await connection.SendAsync(NitroCall.Add("server", Server("one")), CancellationToken.None);

        var reply = await connection.SendAsync(NitroCall.Add("server", new JArray { Server("one"), Server("two") }) with { OnError = "continue" }, CancellationToken.None);

        Assert.Equal([273, 0], reply.Items.Select(i => i.Code));
    }

    [Fact]
    public async Task Secrets_are_in_no_text_of_a_connection()
    {
        var connection = Connection();
        await connection.OpenAsync(CancellationToken.None);

        foreach (var text in new[] { connection.ToString(), connection.Options.ToString(), connection.Options.Credential.ToString(), Newtonsoft.Json.JsonConvert.SerializeObject(connection.Options.Credential) })
        {
            Assert.DoesNotContain(Host.Password, text);
        }
    }

    private static JObject Server(string name) => new() { ["name"] = name, ["ipaddress"] = name == "two" ? "10.9.8.8" : "10.9.8." + (name.Length + 10) };
}
