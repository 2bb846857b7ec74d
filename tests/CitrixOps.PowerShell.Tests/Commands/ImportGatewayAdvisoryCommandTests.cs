using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Importing;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class ImportGatewayAdvisoryCommandTests : IDisposable
{
    private const string Kev = "{\"title\":\"KEV\",\"catalogVersion\":\"2026.11.22\",\"dateReleased\":\"2026-11-22\",\"count\":1,\"vulnerabilities\":[{\"cveID\":\"CVE-2025-12101\",\"vendorProject\":\"Citrix\",\"product\":\"NetScaler\",\"vulnerabilityName\":\"n\",\"dateAdded\":\"2026-11-20\",\"knownRansomwareCampaignUse\":\"Known\"}]}";
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void What_is_imported_counts_from_then_on_in_that_folder_only()
    {
        _session.File("kev.json", Kev);

        var import = _session.Run("Import-GatewayAdvisory \"$folder/kev.json\" -AdvisoryFolder \"$folder/mine\"").Of<AdvisoryImport>().Single();

        Assert.Equal((ImportOutcome.Stored, "kev 2026.11.22"), (import.Outcome, import.Id));
        Assert.True(Exploited("-AdvisoryFolder \"$folder/mine\""));
        Assert.False(Exploited("-AdvisoryFolder \"$folder/other\""));
        Assert.Contains("CVE-2025-12101", _session.Run("Get-GatewayAdvisory -KnownExploited -Cve CVE-2025-12101 -AdvisoryFolder \"$folder/mine\"").Of<Advisory>().Single().KnownExploited);
    }

    [Fact]
    public void WhatIf_checks_and_writes_nothing()
    {
        _session.File("kev.json", Kev);

        var import = _session.Run("Import-GatewayAdvisory \"$folder/kev.json\" -AdvisoryFolder \"$folder/mine\" -WhatIf").Of<AdvisoryImport>().Single();

        Assert.Equal(ImportOutcome.Checked, import.Outcome);
        Assert.False(Directory.Exists(Path.Combine(_session.Folder, "mine")));
    }

    [Fact]
    public void A_document_that_is_none_is_an_error_and_the_others_go_on()
    {
        _session.File("a.json", "{}");
        _session.File("kev.json", Kev);

        var result = _session.Run("Import-GatewayAdvisory \"$folder/*.json\" -AdvisoryFolder \"$folder/mine\"");

        Assert.Equal("DocumentNotRecognised", result.ErrorId);
        Assert.Single(result.Output);
    }

    [Fact]
    public void Plain_http_is_refused() =>
        Assert.Equal("PlainHttpRefused", _session.Run("Import-GatewayAdvisory -Uri http://127.0.0.1/kev.json -AdvisoryFolder \"$folder/mine\"").ErrorId);

    [Fact]
    public async Task A_document_is_fetched_over_https_from_a_certificate_that_was_pinned()
    {
        using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: " + Kev.Length + "\r\nConnection: close\r\n\r\n" + Kev);

        var result = await Task.Run(() => _session.Run($"Import-GatewayAdvisory -Uri {server.Address} -ServerCertificateSha256 {server.Fingerprint} -AdvisoryFolder \"$folder/mine\""));

        Assert.Empty(result.Errors);
        Assert.Equal(ImportOutcome.Stored, result.Of<AdvisoryImport>().Single().Outcome);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        using var server = new Server("");

        Assert.Equal("CertificateNotTrusted", (await Task.Run(() => _session.Run($"Import-GatewayAdvisory -Uri {server.Address} -AdvisoryFolder \"$folder/mine\""))).ErrorId);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/kev.json\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "PlainHttpRefused")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "DocumentNotFetched")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n{", "DocumentTooLarge")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 900\r\nConnection: close\r\n\r\n{", "DocumentNotFetched")]
    public async Task What_a_server_does_wrong_is_an_error(string answer, string expected)
    {
        using var server = new Server(answer);

        Assert.Equal(expected, (await Task.Run(() => _session.Run($"Import-GatewayAdvisory -Uri {server.Address} -ServerCertificateSha256 {server.Fingerprint} -MaximumSize 2048 -AdvisoryFolder \"$folder/mine\""))).ErrorId);
    }

    [Fact]
    public async Task Several_addresses_are_fetched_and_one_that_fails_stops_no_other()
    {
        using var server = new HttpsServer(path => path.EndsWith("kev.json", StringComparison.Ordinal) ? HttpsServer.Ok(Encoding.ASCII.GetBytes(Kev)) : HttpsServer.Raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        var result = await Task.Run(() => _session.Run($"Import-GatewayAdvisory -Uri {server.Root}none.json, {server.Root}kev.json -ServerCertificateSha256 {server.Fingerprint} -AdvisoryFolder \"$folder/mine\""));

        Assert.Equal("DocumentNotFetched", result.ErrorId);
        Assert.Equal(ImportOutcome.Stored, result.Of<AdvisoryImport>().Single().Outcome);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_is_not_waited_for_longer_than_asked()
    {
        using var server = new HttpsServer(_ => HttpsServer.Raw("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")) { Held = new TaskCompletionSource().Task };

        var result = await Task.Run(() => _session.Run($"Import-GatewayAdvisory -Uri {server.Root}kev.json -ServerCertificateSha256 {server.Fingerprint} -Timeout 1 -AdvisoryFolder \"$folder/mine\""));

        Assert.Equal("DocumentNotFetched", result.ErrorId);
        Assert.Contains("in time", result.Errors[0].Exception.Message);
    }

    [Fact]
    public void Hostile_titles_are_harmless_in_the_view()
    {
        _session.File("kev.json", Kev.Replace("\"KEV\"", "\"\\u001b]0;x\\u0007\\u001b[2Jtitle\"", StringComparison.Ordinal));

        var shown = _session.Rendered("Import-GatewayAdvisory \"$folder/kev.json\" -AdvisoryFolder \"$folder/mine\"");

        Assert.Contains("Stored", shown);
        Assert.DoesNotContain("\u001b]0", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("\u0007", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_shows_what_became_of_it()
    {
        _session.File("kev.json", Kev);

        Assert.Contains("Stored", _session.Rendered("Import-GatewayAdvisory \"$folder/kev.json\" -AdvisoryFolder \"$folder/mine\""));
    }

    private bool Exploited(string folder) =>
        _session.Run("(Get-GatewayPatchLevel -Version 14.1-47.46 " + folder + ").Vulnerabilities").Of<Vulnerability>().Single(v => v.Cve == "CVE-2025-12101").KnownExploited;

    // answers every connection with the same bytes
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate;
        private readonly byte[] _answer;

        public Server(string answer)
        {
            using var key = RSA.Create(2048);
            using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
            _answer = Encoding.ASCII.GetBytes(answer);
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Address => $"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/kev.json";

        public string Fingerprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

        public void Dispose()
        {
            _listener.Stop();
            _certificate.Dispose();
        }

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await AnswerAsync(client);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // stopped
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            try
            {
                await using var stream = new SslStream(client.GetStream());
                await stream.AuthenticateAsServerAsync(_certificate);
                _ = await stream.ReadAsync(new byte[4096]);
                await stream.WriteAsync(_answer);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // the client hung up
            }
        }
    }
}
