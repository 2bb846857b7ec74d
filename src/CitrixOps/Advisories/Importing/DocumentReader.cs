using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CitrixOps.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads a document of any kind: bounded, checked, reduced to what concerns gateways.</summary>
internal sealed class DocumentReader
{
    private const int Deepest = 64;
    private readonly long _limit;
    private readonly Func<string, bool> _isKnown;

    /// <summary>Makes a reader.</summary>
    /// <param name="limit">The most bytes a document may have, unpacked.</param>
    /// <param name="isKnown">Whether a CVE is in the catalogue: EPSS has every CVE there is.</param>
    public DocumentReader(long limit, Func<string, bool> isKnown)
    {
        _limit = limit;
        _isKnown = isKnown;
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="CitrixOpsException"><c>DocumentTooLarge</c>, <c>DocumentNotRecognised</c>, <c>DocumentInvalid</c>.</exception>
    public ImportedAdvisory Read(Stream content, string source)
    {
        var bytes = Bytes(content, source);
        var sha = Hash(bytes);
        if (bytes.Length > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b)
        {
            bytes = Unpacked(bytes, source);
        }

        var text = Text(bytes, source);
        ImportedAdvisory read;
        try
        {
            read = text.TrimStart().StartsWith("{", StringComparison.Ordinal) ? Json(text, source) : EpssReader.Csv(text, _isKnown) ?? throw NotRecognised(source);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidCastException or ArgumentException or NullReferenceException or OverflowException or InvalidOperationException)
        {
            throw Invalid(source, e.Message, e);
        }

        read.Source = source;
        read.Sha256 = sha;
        return read;
    }

    internal static CitrixOpsException Invalid(string source, string why, Exception? inner = null) =>
        new(new Problem("DocumentInvalid", ErrorKind.InvalidData, $"'{source}' is not valid: {Investigation.SafeText.FromText(why, 200)}", source, "Get it again from its publisher; nothing of it was used."), inner);

    private ImportedAdvisory Json(string text, string source)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { MaxDepth = Deepest, DateParseHandling = DateParseHandling.None };
        var root = JObject.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        return (string?)root["dataType"] == "CVE_RECORD" ? CveRecordReader.Read(root, source)
            : (string?)root.SelectToken("document.csaf_version") is { } csaf ? CsafReader.Read(root, csaf, source)
            : root["catalogVersion"] is not null && root["vulnerabilities"] is JArray ? KevReader.Read(root, source, _isKnown)
            : root["data"] is JArray { First: JObject } data && data.First!["epss"] is not null ? EpssReader.Api(data, _isKnown)
            : throw NotRecognised(source);
    }

    private byte[] Bytes(Stream content, string source)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = content.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if (memory.Length + read > _limit)
            {
                throw new CitrixOpsException(new Problem("DocumentTooLarge", ErrorKind.SecurityRefusal, FormattableString.Invariant($"'{source}' is larger than {_limit:N0} bytes."), source, "Check that it is what you mean; -MaximumSize allows more."));
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private byte[] Unpacked(byte[] bytes, string source)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return Bytes(gzip, source);
        }
        catch (InvalidDataException e)
        {
            throw Invalid(source, e.Message, e);
        }
    }

    private static string Text(byte[] bytes, string source)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException e)
        {
            throw Invalid(source, "it is no UTF-8 text", e);
        }
    }

    private static string Hash(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static CitrixOpsException NotRecognised(string source) =>
        new(new Problem("DocumentNotRecognised", ErrorKind.InvalidData, $"'{source}' is none of the documents that can be taken in.", source, "Give a CSAF 2.0 document, CISA's KEV catalogue (JSON), a CVE record (JSON 5) or EPSS scores (CSV or JSON)."));
}
