using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.Receipts;
using Xunit;

namespace CitrixOps.Tests.Receipts;

/// <summary>Receipts of every kind are written, read and protected alike.</summary>
public sealed class ReceiptFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Kinds() => [[new AccessReceipt { Id = "a1b2c3" }], [new MitigationReceipt { Mitigation = "CVE-2019-19781" }]];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_is_read_again(Receipt receipt)
    {
        Written(receipt);
        var read = receipt is AccessReceipt ? (Receipt)ReceiptFile.Read<AccessReceipt>(receipt.Path) : ReceiptFile.Read<MitigationReceipt>(receipt.Path);

        Assert.Equal(receipt.Path, read.Path);
        Assert.Equal(("a1b2c3", "CVE-2019-19781"), ((read as AccessReceipt)?.Id ?? "a1b2c3", (read as MitigationReceipt)?.Mitigation ?? "CVE-2019-19781"));
        Assert.Equal("format", Newtonsoft.Json.Linq.JObject.Parse(File.ReadAllText(receipt.Path)).Properties().First().Name);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_change_is_seen(Receipt receipt)
    {
        Written(receipt);
        File.WriteAllText(receipt.Path, File.ReadAllText(receipt.Path).Replace("gw-raadhuis", "gw-other", StringComparison.Ordinal));

        Assert.Equal("ReceiptChanged", Refused(() => Read(receipt)));
        Assert.Equal("gw-other", receipt is AccessReceipt ? ReceiptFile.Read<AccessReceipt>(receipt.Path, evenIfChanged: true).Gateway : ReceiptFile.Read<MitigationReceipt>(receipt.Path, evenIfChanged: true).Gateway);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"CitrixOps access receipt\",\"formatVersion\":99}")]
    [InlineData("{\"format\":[1],\"formatVersion\":{}}")]
    [InlineData("{\"format\":\"CitrixOps access receipt\",\"formatVersion\":99999999999999999999}")]
    public void What_is_no_receipt_is_refused(string text)
    {
        var path = Path.Combine(_folder.Path, "x.json");
        File.WriteAllText(path, text);
        Assert.Equal("ReceiptNotRecognised", Refused(() => ReceiptFile.Read<AccessReceipt>(path)));
        Assert.Equal("ReceiptNotRecognised", Refused(() => ReceiptFile.Read<MitigationReceipt>(path)));
    }

    [Fact]
    public void One_kind_is_not_taken_for_another()
    {
        var receipt = new AccessReceipt { Gateway = "gw" };
        Written(receipt);
        Assert.Equal("ReceiptNotRecognised", Refused(() => ReceiptFile.Read<MitigationReceipt>(receipt.Path)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("none.json")]
    public void What_is_not_there_is_not_found(string name) =>
        Assert.Equal(name.Length == 0 ? "ReceiptNotRecognised" : "ReceiptNotFound", Refused(() => ReceiptFile.Read<AccessReceipt>(name.Length == 0 ? name : Path.Combine(_folder.Path, name))));

    [Fact]
    public void A_name_leads_nowhere_else()
    {
        var path = ReceiptFile.PathFor(_folder.Path, "../../etc/passwd\0", DateTimeOffset.UnixEpoch, "..\\x");
        Assert.Equal(_folder.Path, Path.GetDirectoryName(path));
        Assert.Equal("______etc_passwd_-19700101T000000Z-___x.json", Path.GetFileName(path));
    }

    [Fact]
    public void Nothing_is_begun_where_it_cannot_be_written_down()
    {
        var receipt = new AccessReceipt { Steps = [new ReceiptStep()], Path = Path.Combine(_folder.Path, "file", "x.json") };
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");
        Assert.Equal("ReceiptNotWritten", Refused(() => new ReceiptJournal(receipt).Begin(receipt.Steps[0])));
    }

    public void Dispose() => _folder.Dispose();

    private void Written(Receipt receipt)
    {
        switch (receipt)
        {
            case AccessReceipt access:
                access.Gateway = "gw-raadhuis";
                break;
            case MitigationReceipt mitigation:
                mitigation.Gateway = "gw-raadhuis";
                break;
        }

        receipt.Path = ReceiptFile.PathFor(_folder.Path, "gw", null, receipt.GetType().Name);
        ReceiptFile.Write(receipt);
    }

    private static void Read(Receipt receipt) => _ = receipt is AccessReceipt ? (Receipt)ReceiptFile.Read<AccessReceipt>(receipt.Path) : ReceiptFile.Read<MitigationReceipt>(receipt.Path);

    private static string Refused(Action action) => Assert.Throws<CitrixOpsException>(action).Problem.Id;
}
