using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Xml.Linq;

namespace CitrixOps.HelpBuilder;

/// <summary>The doc comments of an assembly and of those beside it.</summary>
internal sealed class DocComments
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Reads the comment files in an assembly's folder.</summary>
    public static DocComments Beside(string assembly)
    {
        var comments = new DocComments();
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(assembly)!, "CitrixOps*.xml"))
        {
            foreach (var member in XDocument.Load(file).Descendants("member"))
            {
                comments._members[(string)member.Attribute("name")!] = member;
            }
        }

        return comments;
    }

    public XElement? Of(Type type) => _members.GetValueOrDefault("T:" + type.FullName!.Replace('+', '.'));

    public XElement? Of(PropertyInfo property) => _members.GetValueOrDefault($"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}");

    /// <summary>The text of an element, one line per paragraph, white space folded.</summary>
    public static string Text(XElement? element) => element is null ? "" : string.Join(" ", Flatten(element).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Flatten(XElement element) => string.Concat(element.Nodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" or "paramref" } link => ((string?)link.Attribute("cref") ?? (string?)link.Attribute("name") ?? "").Split('.').Last().Split(':').Last(),
        XElement inner => Flatten(inner),
        _ => "",
    }));
}
