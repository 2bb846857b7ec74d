using System.Collections.Generic;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads YAML into nodes. Implemented over a library outside the domain.</summary>
public interface IYamlReader
{
    /// <summary>Reads every document of a text.</summary>
    /// <param name="text">The YAML text.</param>
    /// <returns>The root of each document.</returns>
    /// <exception cref="RuleException">The text is not YAML, or uses what rules may not (aliases, duplicate keys, too deep).</exception>
    IReadOnlyList<YamlNode> Read(string text);
}
