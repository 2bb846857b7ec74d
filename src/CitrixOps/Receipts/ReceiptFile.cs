using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CitrixOps.Errors;
using CitrixOps.Polyfills;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Receipts;

/// <summary>
/// Receipts on disk: JSON that a person can read, whole and flushed before anything is changed, with a SHA-256 over its content that shows
/// damage and careless edits. It is no signature: who can write the file can write the hash.
/// </summary>
public static class ReceiptFile
{
    private const long Largest = 64L << 20;
    private static readonly JsonSerializerSettings Settings = new()
    {
        Formatting = Formatting.Indented,
        Converters = { new StringEnumConverter(), new IsoDateTimeConverter { DateTimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffK", DateTimeStyles = DateTimeStyles.AdjustToUniversal, Culture = CultureInfo.InvariantCulture } },
        ContractResolver = new Newtonsoft.Json.Serialization.CamelCasePropertyNamesContractResolver { NamingStrategy = new Newtonsoft.Json.Serialization.CamelCaseNamingStrategy(processDictionaryKeys: false, overrideSpecifiedNames: true) },
        MaxDepth = 32,
    };

    /// <summary>A file name of a receipt: <c>gateway-20260124T200501Z-what.json</c>, in which nothing of a gateway's name can lead elsewhere.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="gateway">The gateway's name.</param>
    /// <param name="time">When it was made; null for a name that stays the same.</param>
    /// <param name="what">What it is about.</param>
    public static string PathFor(string folder, string gateway, DateTimeOffset? time, string what)
    {
        static string Bare(string text) => new(text.Select(c => (c < 128 && char.IsLetterOrDigit(c)) || c is '-' or '_' ? c : '_').Take(80).ToArray());
        return Path.Combine(folder, Bare(gateway ?? "") + (time is { } t ? t.UtcDateTime.ToString("'-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) : "") + "-" + Bare(what ?? "") + ".json");
    }

    /// <summary>Writes a receipt to its <see cref="Receipt.Path"/>: on the disk when this returns.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <exception cref="CitrixOpsException"><c>ReceiptNotWritten</c>.</exception>
    public static void Write(Receipt receipt)
    {
        _ = receipt ?? throw new ArgumentNullException(nameof(receipt));
        var json = Parse(JsonConvert.SerializeObject(receipt, Settings));
        json["sha256"] = Hash(json);
        try
        {
            DurableFile.Write(receipt.Path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(json.ToString(Formatting.Indented) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("ReceiptNotWritten", ErrorKind.ReadFailed, $"The receipt '{receipt.Path}' could not be written: {e.Message}", receipt.Path, "Nothing is done without it. Give a folder that can be written to with -ReceiptPath."), e);
        }
    }

    /// <summary>Reads a receipt.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="evenIfChanged">True to take one whose content does not fit its hash.</param>
    /// <exception cref="CitrixOpsException"><c>ReceiptNotFound</c>, <c>ReceiptNotRecognised</c>, <c>ReceiptChanged</c>.</exception>
    public static T Read<T>(string path, bool evenIfChanged = false)
        where T : Receipt, new()
    {
        var shown = Investigation.SafeText.FromText(path ?? "", 300);
        var kind = new T();
        try
        {
            var file = new FileInfo(path!);
            if (!file.Exists)
            {
                throw new CitrixOpsException(new Problem("ReceiptNotFound", ErrorKind.NotFound, $"There is no receipt '{shown}'.", shown, $"Receipts of this account lie in {ReceiptFolder.Default} where no other folder was given."));
            }

            if (file.Length > Largest)
            {
                throw NotRecognised(kind, shown, "it is too large", null);
            }

            var json = Parse(File.ReadAllText(path!));
            if ((string?)json["format"] != kind.Format || (int?)json["formatVersion"] != kind.FormatVersion)
            {
                throw NotRecognised(kind, shown, "its format is another one", null);
            }

            if (!evenIfChanged && (string?)json["sha256"] != Hash(json))
            {
                throw new CitrixOpsException(new Problem("ReceiptChanged", ErrorKind.SecurityRefusal, $"The content of '{shown}' does not fit its hash: it was changed after it was written.", shown, kind.WhenChanged));
            }

            var receipt = json.ToObject<T>(JsonSerializer.Create(Settings))!;
            receipt.Path = file.FullName;
            return receipt;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or JsonException or FormatException or OverflowException or InvalidCastException)
        {
            throw NotRecognised(kind, shown, Investigation.SafeText.FromText(e.Message, 200), e);
        }
    }

    private static CitrixOpsException NotRecognised(Receipt kind, string shown, string why, Exception? inner) => new(new Problem("ReceiptNotRecognised", ErrorKind.InvalidData, $"'{shown}' is no receipt: {why}.", shown, $"Give a file that {kind.Writer} wrote."), inner);

    private static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Decimal, MaxDepth = 32 };
        return JObject.Load(reader);
    }

    private static string Hash(JObject json)
    {
        var content = (JObject)json.DeepClone();
        content.Remove("sha256");
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(content.ToString(Formatting.None))).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
