using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;

namespace CitrixOps.HelpBuilder;

/// <summary>What the help of one cmdlet says, and what is missing from it.</summary>
internal sealed class CmdletHelp
{
    private const int LeastExamples = 2;
    private readonly XElement? _comment;

    public CmdletHelp(Type type, DocComments comments)
    {
        Type = type;
        Comments = comments;
        _comment = comments.Of(type);
        var attribute = type.GetCustomAttribute<CmdletAttribute>()!;
        (Verb, Noun) = (attribute.VerbName, attribute.NounName);
        SupportsShouldProcess = attribute.SupportsShouldProcess;
    }

    public Type Type { get; }

    public DocComments Comments { get; }

    public string Verb { get; }

    public string Noun { get; }

    public bool SupportsShouldProcess { get; }

    public string Name => Verb + "-" + Noun;

    public string Synopsis => DocComments.Text(_comment?.Element("summary"));

    public IReadOnlyList<string> Description => Paragraphs(_comment?.Element("remarks"));

    public IReadOnlyList<Example> Examples => (_comment?.Elements("example") ?? []).Select(e => new Example(
        DocComments.Text(e.Element("summary")),
        string.Join("\n", ((string?)e.Element("code") ?? "").Trim('\n', '\r').Split('\n').Select(l => l.Trim())),
        e.Elements("para").Select(DocComments.Text).ToArray())).ToArray();

    public IReadOnlyList<Parameter> Parameters => Type.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any())
        .Select(p => new Parameter(p, DocComments.Text(Comments.Of(p)?.Element("summary")))).ToArray();

    public IReadOnlyList<Type> Outputs => Type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.Type).Select(t => t.Type).Where(t => t is not null).ToArray();

    /// <summary>What a reader would miss, each with the cmdlet's name.</summary>
    public IEnumerable<string> Gaps()
    {
        if (Synopsis.Length == 0)
        {
            yield return $"{Name} has no synopsis (<summary> of the class)";
        }

        if (Description.Count == 0)
        {
            yield return $"{Name} has no description (<remarks> with <para>)";
        }

        foreach (var parameter in Parameters.Where(p => p.Text.Length == 0))
        {
            yield return $"{Name} -{parameter.Property.Name} is not documented (<summary> of the property)";
        }

        if (Examples.Count(e => e.Title.Length > 0 && e.Code.Length > 0 && e.Remarks.Count > 0) < LeastExamples)
        {
            yield return $"{Name} has fewer than {LeastExamples} examples with <summary>, <code> and <para>";
        }

        if (Outputs.Count == 0)
        {
            yield return $"{Name} states no outputs ([OutputType])";
        }

        foreach (var output in Outputs.Where(o => o.Namespace?.StartsWith("CitrixOps", StringComparison.Ordinal) == true && DocComments.Text(Comments.Of(o)?.Element("summary")).Length == 0))
        {
            yield return $"{Name}: the output type {output.Name} is not documented";
        }
    }

    private static string[] Paragraphs(XElement? element) => element is null ? [] : element.Elements("para").Any()
        ? element.Elements("para").Select(DocComments.Text).ToArray()
        : [DocComments.Text(element)];

    internal sealed record Example(string Title, string Code, IReadOnlyList<string> Remarks);

    internal sealed record Parameter(PropertyInfo Property, string Text)
    {
        public IReadOnlyList<ParameterAttribute> Sets => Property.GetCustomAttributes<ParameterAttribute>().ToArray();

        public Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

        public bool IsSwitch => ValueType == typeof(SwitchParameter);

        public bool Wildcards => Property.GetCustomAttribute<SupportsWildcardsAttribute>() is not null;

        public IReadOnlyList<string> Aliases => Property.GetCustomAttribute<AliasAttribute>()?.AliasNames.ToArray() ?? [];

        public static string PipelineInput(ParameterAttribute set) => (set.ValueFromPipeline, set.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            _ => "false",
        };
    }
}
