using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Appliances.Updating;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

/// <summary>What is asked is kept to: nothing restarts without a yes. And packages that come from an address.</summary>
public sealed class UpdateConfirmationTests : IAsyncLifetime, IDisposable
{
    private const string Name = "build-14.1-73.46_nc_64.tgz";
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("a package");
    private readonly PowerShellSession _session = new();
    private SimulatorHost _host = null!;

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    // what changes the node: not logins, and not the partition that a session is in
    private IEnumerable<string> Changes => _host.Nodes[0].Counters.ByOperation.Keys.Where(k => !k.StartsWith("GET", StringComparison.Ordinal) && k is not ("POST login" or "POST logout" or "POST nspartition?action=switch"));

    public async Task InitializeAsync()
    {
        _host = await SimulatorHost.Start("clean-single-141");
        _session.Set("credential", new System.Management.Automation.PSCredential(_host.User, new System.Net.NetworkCredential("", _host.Password).SecurePassword));
        _session.Run($"$gateway = @{{ ComputerName = '{_host.Nodes[0].Uri}'; Credential = $credential; ServerCertificateSha256 = '{_host.Nodes[0].Thumbprint}'; Sha256 = '{Hash}'; ReceiptPath = \"$folder/receipts\" }}");
        _session.File(Name, "a package");
    }

    public void Dispose() => _session.Dispose();

    public async Task DisposeAsync()
    {
        var open = _host.Nodes[0].OpenSessions;
        await _host.DisposeAsync();
        Assert.Equal(0, open);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0, 2)]
    [InlineData(0, 0, 2)]
    [InlineData(3)]
    public void A_no_leaves_the_rest_undone(params int[] answers)
    {
        _session.Answer(answers);

        var result = _session.Run($"Install-GatewayUpdate @gateway -Path \"$folder/{Name}\" -Confirm");

        Assert.Equal(UpdateOutcome.NotConfirmed, result.Of<UpdateResult>().Single().Outcome);
        Assert.Equal(0, _host.Nodes[0].Counters.Of("POST reboot"));
        Assert.NotEqual("14.1-73.46", _host.Nodes[0].Version);
    }

    [Fact]
    public void A_yes_to_each_question_updates_and_each_step_was_asked()
    {
        _session.Answer(0, 0, 0);

        var result = _session.Run($"Install-GatewayUpdate @gateway -Path \"$folder/{Name}\" -Confirm");

        Assert.Equal(UpdateOutcome.Done, result.Of<UpdateResult>().Single().Outcome);
        Assert.Contains("Back up the configuration", result.Rendered);
        Assert.Contains("Restart into 14.1-73.46", result.Rendered);
        Assert.Equal(1, _host.Nodes[0].Counters.Of("POST reboot"));
    }

    [Fact]
    public void Without_an_answer_nobody_restarts_it()
    {
        // the confirmation is on by itself, and this host has nobody to ask
        var result = _session.Run($"Install-GatewayUpdate @gateway -Path \"$folder/{Name}\"");

        Assert.NotEmpty(result.Errors);
        Assert.Empty(Changes);
    }

    [Fact]
    public void WhatIf_changes_nothing()
    {
        var result = _session.Run($"Install-GatewayUpdate @gateway -Path \"$folder/{Name}\" -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Contains("Restart into 14.1-73.46", result.Rendered);
        Assert.Empty(Changes);
        Assert.False(Directory.Exists(Path.Combine(_session.Folder, "receipts")));
    }

    [Fact]
    public async Task A_package_from_an_address_is_hashed_here_and_fetched_by_the_node()
    {
        using var server = new HttpsServer(_ => HttpsServer.Ok(Content));

        var result = await Task.Run(() => _session.Run($"Install-GatewayUpdate @gateway -Uri {server.Root}{Name}?key=secret -PackageServerCertificateSha256 {server.Fingerprint} -Confirm:$false"));

        Assert.Empty(result.Errors);
        var done = result.Of<UpdateResult>().Single();
        Assert.Equal(UpdateOutcome.Done, done.Outcome);
        Assert.Equal("14.1-73.46", _host.Nodes[0].Version);
        Assert.Contains(done.Checks, c => c.Name == "package" && c.Text.Contains("what the node gets is not seen", StringComparison.Ordinal));
        Assert.DoesNotContain(done.Steps, s => s.Action == "Transfer");
        Assert.DoesNotContain("secret", File.ReadAllText(done.ReceiptPath!) + string.Join(" ", done.Checks) + result.Rendered);
    }

    [Theory]
    [InlineData("hash", "PackageAltered")]
    [InlineData("large", "DocumentTooLarge")]
    [InlineData("redirect", "PlainHttpRefused")]
    [InlineData("cut", "DocumentNotFetched")]
    [InlineData("missing", "DocumentNotFetched")]
    [InlineData("loop", "DocumentNotFetched")]
    [InlineData("certificate", "CertificateNotTrusted")]
    [InlineData("name", "PackageNotRecognised")]
    public async Task What_is_wrong_with_an_address_ends_the_command_before_anything_changes(string what, string expected)
    {
        using var server = new HttpsServer(path => what switch
        {
            "hash" => HttpsServer.Ok([1, 2, 3]),
            "large" => HttpsServer.Ok(new byte[5000]),
            "redirect" => HttpsServer.Raw($"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/{Name}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "cut" => HttpsServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\na pack"),
            "missing" => HttpsServer.Raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "loop" => HttpsServer.Raw($"HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            _ => HttpsServer.Ok(Content),
        });
        var file = what == "name" ? "update.tgz" : Name;
        var pin = what == "certificate" ? "" : "-PackageServerCertificateSha256 " + server.Fingerprint;

        var result = await Task.Run(() => _session.Run($"Install-GatewayUpdate @gateway -Uri {server.Root}{file} {pin} -MaximumSize 4096 -Confirm:$false"));

        Assert.Equal(expected, result.ErrorId);
        Assert.Equal(0, _host.Nodes[0].Counters.Requests);
    }
}
