using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>An answer: the envelope, and tolerant access to what is in it.</summary>
public sealed class NitroReply
{
    private readonly JObject _envelope;

    internal NitroReply(JObject envelope, int status, string? warningHeader)
    {
        _envelope = envelope;
        Status = status;
        Code = (int)(Number(envelope["errorcode"]) ?? 0);
        Message = Investigation.SafeText.FromText(Text(envelope["message"]) ?? "", 400);
        Severity = Text(envelope["severity"]) ?? "NONE";
        Warning = Severity == "WARNING" ? Message : warningHeader is null ? null : Investigation.SafeText.FromText(warningHeader, 400);
        WarningCode = Severity == "WARNING" ? Code : warningHeader is not null && int.TryParse(warningHeader.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
    }

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The error code; 0 for success.</summary>
    public int Code { get; }

    /// <summary>The message, safe to print.</summary>
    public string Message { get; }

    /// <summary>NONE, WARNING or ERROR.</summary>
    public string Severity { get; }

    /// <summary>The warning of a command that succeeded, or null.</summary>
    public string? Warning { get; }

    /// <summary>The code of the warning, or 0.</summary>
    public int WarningCode { get; }

    /// <summary>True where the command was executed.</summary>
    public bool Succeeded => Code == 0 || Severity == "WARNING";

    /// <summary>The results of a bulk request, one per object; empty where all succeeded.</summary>
    public IReadOnlyList<(int Code, string Message)> Items =>
        (_envelope["response"] as JArray)?.OfType<JObject>().Select(i => ((int)(Number(i["errorcode"]) ?? 0), Investigation.SafeText.FromText(Text(i["message"]) ?? "", 400))).ToArray() ?? Array.Empty<(int, string)>();

    /// <summary>The rows of a type. An absent key is an empty list; a singleton is a list of one.</summary>
    /// <param name="type">The type.</param>
    public IReadOnlyList<JObject> Rows(string type) => _envelope[type] switch
    {
        JArray array => array.OfType<JObject>().ToArray(),
        JObject one => new[] { one },
        _ => Array.Empty<JObject>(),
    };

    /// <summary>The only object of a type, or an empty one.</summary>
    /// <param name="type">The type.</param>
    public JObject Single(string type) => Rows(type).FirstOrDefault() ?? new JObject();

    /// <summary>The number of objects of a <c>count=yes</c> request.</summary>
    /// <param name="type">The type.</param>
    public int Count(string type) => (int)(Number(Single(type)["__count"]) ?? 0);

    /// <summary>A property of the envelope itself, such as <c>sessionid</c>.</summary>
    /// <param name="name">Its name.</param>
    public string? Property(string name) => Text(_envelope[name]);

    /// <summary>A value as text: builds differ in what is a string.</summary>
    /// <param name="value">The value.</param>
    public static string? Text(JToken? value) => value is null || value.Type is JTokenType.Null or JTokenType.Array or JTokenType.Object ? null : value.Type == JTokenType.Boolean ? ((bool)value ? "true" : "false") : Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture);

    /// <summary>A value as number, whether sent as string or number; null where it is none.</summary>
    /// <param name="value">The value.</param>
    public static double? Number(JToken? value) => double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value as truth, whether sent as boolean or as text.</summary>
    /// <param name="value">The value.</param>
    public static bool Flag(JToken? value) => Text(value)?.ToUpperInvariant() is "TRUE" or "YES" or "ENABLED" or "ON" or "1";
}
