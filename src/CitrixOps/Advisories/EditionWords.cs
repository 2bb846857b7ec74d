using System;

namespace CitrixOps.Advisories;

/// <summary>The edition that a text names.</summary>
internal static class EditionWords
{
    private const int SoftwareEdition = 9;

    /// <summary>The edition, or Unknown where the text names none. The text is in lower case.</summary>
    public static GatewayEdition In(string text)
    {
        var fips = text.IndexOf("fips", StringComparison.Ordinal) >= 0;
        var ndcpp = text.IndexOf("ndcpp", StringComparison.Ordinal) >= 0;
        return fips && ndcpp ? GatewayEdition.FipsOrNdcpp : fips ? GatewayEdition.Fips : ndcpp ? GatewayEdition.Ndcpp : InCpe(text);
    }

    // a CPE whose software edition is "-" names the ordinary one; "*" names none
    private static GatewayEdition InCpe(string text)
    {
        if (!text.StartsWith("cpe:::::", StringComparison.Ordinal))
        {
            return GatewayEdition.Unknown;
        }

        // the head was cut: part, vendor, product, version, update, edition, language, software edition
        var fields = text.Substring("cpe::::: ".Length).Split(':');
        return fields.Length > SoftwareEdition - 2 && fields[SoftwareEdition - 2] == "-" ? GatewayEdition.Regular : GatewayEdition.Unknown;
    }
}
