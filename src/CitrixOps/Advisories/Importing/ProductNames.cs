using System;
using System.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Tells from the name of a product whether it is the ADC or the Gateway, however it is spelt.</summary>
internal static class ProductNames
{
    // other products that share the name, the numbering, or both
    private static readonly string[] Others = { "console", "agent", "sdx", "svm", "adm", "application delivery management", "sd-wan", "cloudbridge", "plug-in", "plugin", "ingress", "cpx" };

    private static readonly string[] Ours = { "adc", "application delivery controller", "application_delivery_controller", "gateway" };

    /// <summary>Whether the product is an ADC or a Gateway of this vendor.</summary>
    /// <param name="vendor">The vendor as written; misspelt ones occur.</param>
    /// <param name="product">The product as written; with blanks of all kinds.</param>
    public static bool Concerns(string? vendor, string? product)
    {
        var name = Clean(product);
        var both = Clean(vendor) + " " + name;
        if (!new[] { "citrix", "citirx", "netscaler", "netsclaer", "cloud software group" }.Any(v => both.IndexOf(v, StringComparison.Ordinal) >= 0))
        {
            return false;
        }

        // "ADC, Gateway, and SD-WAN WANOP" names ours too; "SD-WAN and NetScaler" does not
        return Words(name, Ours) || (name.Trim() is "netscaler" or "citrix netscaler");
    }

    private static bool Words(string name, string[] words) =>
        name.Split(new[] { ',', ';', '/' }).SelectMany(p => p.Split(new[] { " and " }, StringSplitOptions.None)).Any(p => words.Any(w => HasWord(p, w)) && !Others.Any(o => HasWord(p, o)));

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static string Clean(string? text) => new string((text ?? "").Select(c => char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c)).ToArray());
}
