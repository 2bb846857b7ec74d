using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Indicators.Files;
using CitrixOps.Indicators.Hosts;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Indicators;

/// <summary>Reads a JSON file of indicators: <c>indicators</c> are over files, <c>hosts</c> over addresses, names and ports.</summary>
internal static class IndicatorFile
{
    /// <summary>Reads the indicators.</summary>
    /// <exception cref="FormatException">The content is not what the schemas ask for.</exception>
    public static IReadOnlyList<Indicator> Read(string json)
    {
        try
        {
            using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
            var root = JObject.Load(reader);
            return root["hosts"] is null ? FileIndicatorReader.Read(root) : HostIndicatorReader.Read(root).ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or ArgumentException or NullReferenceException or OverflowException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
