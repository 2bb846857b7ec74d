using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace CitrixOps.HelpBuilder;

/// <summary>Writes help in PowerShell's own format.</summary>
internal static class Maml
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Text = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(IReadOnlyList<CmdletHelp> cmdlets, string path) => new XDocument(
        new XElement(Root + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(One))).Save(path);

    private static XElement One(CmdletHelp help) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Text.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "command", Command.NamespaceName),
        new XAttribute(XNamespace.Xmlns + "dev", Dev.NamespaceName),
        new XElement(
            Command + "details",
            new XElement(Command + "name", help.Name),
            new XElement(Text + "description", Para(help.Synopsis)),
            new XElement(Command + "verb", help.Verb),
            new XElement(Command + "noun", help.Noun)),
        new XElement(Text + "description", help.Description.Select(Para)),
        new XElement(Command + "syntax", Sets(help).Select(set => Syntax(help, set))),
        new XElement(Command + "parameters", help.Parameters.Select(p => Parameter(help, p, p.Sets[0]))),
        new XElement(Command + "inputTypes", Inputs(help)),
        new XElement(Command + "returnValues", help.Outputs.Select(o => new XElement(
            Command + "returnValue",
            new XElement(Dev + "type", new XElement(Text + "name", o.FullName)),
            new XElement(Text + "description", Para(DocComments.Text(help.Comments.Of(o)?.Element("summary"))))))),
        new XElement(Command + "examples", help.Examples.Select((e, i) => new XElement(
            Command + "example",
            new XElement(Text + "title", string.Create(CultureInfo.InvariantCulture, $"Example {i + 1}: {e.Title}")),
            new XElement(Dev + "code", e.Code),
            new XElement(Dev + "remarks", e.Remarks.Select(Para))))));

    private static IEnumerable<string> Sets(CmdletHelp help)
    {
        var named = help.Parameters.SelectMany(p => p.Sets).Select(s => s.ParameterSetName).Where(s => s != ParameterAttribute.AllParameterSets).Distinct().ToList();
        return named.Count == 0 ? [ParameterAttribute.AllParameterSets] : named;
    }

    private static XElement Syntax(CmdletHelp help, string set) => new(
        Command + "syntaxItem",
        new XElement(Text + "name", help.Name),
        help.Parameters.Select(p => (Parameter: p, Set: p.Sets.FirstOrDefault(s => s.ParameterSetName == set || s.ParameterSetName == ParameterAttribute.AllParameterSets)))
            .Where(p => p.Set is not null)
            .OrderBy(p => p.Set!.Position < 0 ? int.MaxValue : p.Set.Position).ThenByDescending(p => p.Set!.Mandatory)
            .Select(p => Parameter(help, p.Parameter, p.Set!)));

    private static XElement Parameter(CmdletHelp help, CmdletHelp.Parameter parameter, ParameterAttribute set)
    {
        var type = parameter.ValueType;
        var item = type.IsArray ? type.GetElementType()! : type;
        return new XElement(
            Command + "parameter",
            new XAttribute("required", set.Mandatory ? "true" : "false"),
            new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
            new XAttribute("pipelineInput", CmdletHelp.Parameter.PipelineInput(set)),
            new XAttribute("position", set.Position >= 0 ? set.Position.ToString(CultureInfo.InvariantCulture) : "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Text + "name", parameter.Property.Name),
            new XElement(Text + "description", Para(parameter.Text)),
            item.IsEnum ? new XElement(Command + "parameterValueGroup", Enum.GetNames(item).Select(n => new XElement(Command + "parameterValue", new XAttribute("required", "false"), n))) : null,
            parameter.IsSwitch ? null : new XElement(Command + "parameterValue", new XAttribute("required", "true"), type.Name),
            new XElement(Dev + "type", new XElement(Text + "name", type.Name)),
            new XElement(Dev + "defaultValue", parameter.IsSwitch ? "False" : "None"));
    }

    private static IEnumerable<XElement> Inputs(CmdletHelp help)
    {
        var piped = help.Parameters.Where(p => p.Sets.Any(s => s.ValueFromPipeline || s.ValueFromPipelineByPropertyName)).ToList();
        return piped.Count == 0
            ? [new XElement(Command + "inputType", new XElement(Dev + "type", new XElement(Text + "name", "None")), new XElement(Text + "description", Para("This command takes nothing from the pipeline.")))]
            : piped.Select(p => new XElement(
                Command + "inputType",
                new XElement(Dev + "type", new XElement(Text + "name", p.ValueType.FullName)),
                new XElement(Text + "description", Para($"-{p.Property.Name}: {p.Text}"))));
    }

    private static XElement Para(string text) => new(Text + "para", text);
}
