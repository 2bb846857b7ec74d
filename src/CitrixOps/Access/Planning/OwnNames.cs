namespace CitrixOps.Access.Planning;

/// <summary>Names of what we put on an appliance: they begin alike, so that a command policy can name them and anybody can tell them.</summary>
public static class OwnNames
{
    /// <summary>How each begins.</summary>
    public const string Prefix = "COPS-";

    /// <summary>A name.</summary>
    /// <param name="kind">What it is, in a letter or a word.</param>
    /// <param name="id">The closing's id.</param>
    /// <param name="number">A number.</param>
    internal static string Of(string kind, string id, int number) => FormattableName(kind, id) + "-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A name without a number.</summary>
    internal static string FormattableName(string kind, string id) => Prefix + kind + "-" + id;
}
