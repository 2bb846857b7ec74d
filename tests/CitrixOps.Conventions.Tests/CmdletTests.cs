using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>What every cmdlet owes its users.</summary>
public sealed class CmdletTests
{
    private static readonly string[] ChangingVerbs = ["Add", "Clear", "Close", "Connect", "Disable", "Disconnect", "Enable", "Import", "Install", "New", "Register", "Remove", "Save", "Set", "Start", "Stop", "Unregister", "Update"];

    private static readonly Assembly Module = typeof(PowerShell.Pipeline.CitrixOpsCmdlet).Assembly;

    public static IEnumerable<object[]> Cmdlets() => Module.GetTypes().Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null).Select(t => new object[] { t });

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_keeps_the_conventions(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        var name = cmdlet.VerbName + cmdlet.NounName;

        Assert.Equal(name + "Command", type.Name);
        Assert.True(type.IsSealed);
        Assert.Contains(cmdlet.VerbName, ApprovedVerbs());
        Assert.NotEmpty(type.GetCustomAttributes<OutputTypeAttribute>());
        Assert.True(!ChangingVerbs.Contains(cmdlet.VerbName) || cmdlet.SupportsShouldProcess, "changes something without ShouldProcess");
        Assert.Contains($"tests/CitrixOps.PowerShell.Tests/Commands/{type.Name}Tests.cs", Repository.Files);
        Assert.Contains($"`{cmdlet.VerbName}-{cmdlet.NounName}`", Repository.Read("README.md"));
        Assert.DoesNotContain(Parameters(type), p => p.PropertyType == typeof(bool));
    }

    [Fact]
    public void The_manifest_exports_exactly_the_cmdlets()
    {
        var manifest = Manifest();
        var cmdlets = Cmdlets().Select(c => ((Type)c[0]).GetCustomAttribute<CmdletAttribute>()!).Select(c => c.VerbName + "-" + c.NounName);
        var aliases = Cmdlets().SelectMany(c => ((Type)c[0]).GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []);

        Assert.Equal(cmdlets.Order(), Texts(manifest, "CmdletsToExport").Order());
        Assert.Equal(aliases.Order(), Texts(manifest, "AliasesToExport").Order());
        foreach (var key in new[] { "CmdletsToExport", "AliasesToExport", "FunctionsToExport", "VariablesToExport" })
        {
            Assert.DoesNotContain(Texts(manifest, key), t => t.Contains('*'));
        }
    }

    [Fact]
    public void Every_format_file_is_loaded_and_every_output_has_a_view()
    {
        var formats = Directory.GetFiles(Path.Combine(Repository.Root, "module", "formats")).Select(f => "formats/" + Path.GetFileName(f));
        Assert.Equal(formats.Order(), Texts(Manifest(), "FormatsToProcess").Order());

        var views = string.Concat(formats.Select(f => Repository.Read("module/" + f)));
        foreach (var output in Cmdlets().SelectMany(c => ((Type)c[0]).GetCustomAttributes<OutputTypeAttribute>()).SelectMany(o => o.Type).Select(o => o.Type).Where(t => t != typeof(void)).Distinct())
        {
            Assert.Contains($"<TypeName>{output.FullName}</TypeName>", views);
            Assert.Contains($"<TypeName>Deserialized.{output.FullName}</TypeName>", views);
        }
    }

    [Fact]
    public void The_columns_of_views_are_properties()
    {
        foreach (var file in Texts(Manifest(), "FormatsToProcess"))
        {
            foreach (var view in System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "module", file)).Descendants("View"))
            {
                var type = AppDomain.CurrentDomain.GetAssemblies().Append(typeof(Errors.Problem).Assembly).Select(a => a.GetType(((string)view.Descendants("TypeName").First()!).Split('#')[0])).First(t => t is not null)!;
                foreach (var property in view.Descendants("PropertyName"))
                {
                    Assert.True(type.GetProperty(property.Value) is not null, $"{type.Name} has no {property.Value}");
                }
            }
        }
    }

    [Fact]
    public void One_parameter_name_has_one_type()
    {
        var byName = Cmdlets().SelectMany(c => Parameters((Type)c[0])).Where(p => p.Name is not ("Since" or "Version")).GroupBy(p => p.Name, p => p.PropertyType);
        Assert.Empty(byName.Where(g => g.Distinct().Count() > 1).Select(g => g.Key).Except(["Cve", "Uri"]));
    }

    [Fact]
    public void Every_example_in_help_parses_and_binds()
    {
        var help = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "artifacts", "CitrixOps", "en-US", "CitrixOps.PowerShell.dll-Help.xml"));
        var examples = help.Descendants().Where(e => e.Name.LocalName == "code").Select(e => e.Value).ToList();

        Assert.True(examples.Count >= Cmdlets().Count() * 2);
        foreach (var example in examples)
        {
            var tree = Parser.ParseInput(example, out _, out var errors);
            Assert.True(errors.Length == 0, example);
            foreach (CommandAst command in tree.FindAll(a => a is CommandAst, true))
            {
                CheckBinding(command, example);
            }
        }
    }

    private static void CheckBinding(CommandAst command, string example)
    {
        var name = command.GetCommandName();
        if (name is "Where-Object" or "ForEach-Object" or "Out-Host" or "Get-Secret" or "Compare-Object" or "Import-Clixml")
        {
            return;
        }

        var type = Cmdlets().Select(c => (Type)c[0]).SingleOrDefault(t => t.GetCustomAttribute<CmdletAttribute>() is { } c && c.VerbName + "-" + c.NounName == name);
        Assert.True(type is not null, $"{name} in: {example}");
        foreach (var parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            var isCommon = parameter.ParameterName is "WhatIf" or "Confirm" && type!.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess;
            Assert.True(isCommon || Parameters(type!).Any(p => p.Name == parameter.ParameterName), $"-{parameter.ParameterName} in: {example}");
        }
    }

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any());

    private static List<string> ApprovedVerbs() => new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsSecurity), typeof(VerbsOther) }
        .SelectMany(t => t.GetFields()).Select(f => (string)f.GetValue(null)!).ToList();

    private static HashtableAst Manifest()
    {
        var tree = Parser.ParseInput(Repository.Read("module/CitrixOps.psd1"), out _, out var errors);
        Assert.Empty(errors);
        return (HashtableAst)tree.Find(a => a is HashtableAst, false)!;
    }

    private static List<string> Texts(HashtableAst manifest, string key) => manifest.KeyValuePairs.Single(p => ((StringConstantExpressionAst)p.Item1).Value == key)
        .Item2.FindAll(a => a is StringConstantExpressionAst, true).Select(a => ((StringConstantExpressionAst)a).Value).ToList();
}
