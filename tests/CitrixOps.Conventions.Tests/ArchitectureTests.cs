using System;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>Who may refer to whom.</summary>
public sealed class ArchitectureTests
{
    [Theory]
    [InlineData("bin/net10.0/CitrixOps.dll", "Newtonsoft.Json")]
    [InlineData("bin/netstandard2.0/CitrixOps.dll", "netstandard,Newtonsoft.Json,TimeZoneConverter")]
    [InlineData("bin/net10.0/CitrixOps.PowerShell.dll", "CitrixOps,System.Management.Automation")]
    [InlineData("bin/netstandard2.0/CitrixOps.PowerShell.dll", "netstandard,CitrixOps,System.Management.Automation")]
    [InlineData("dependencies/net10.0/CitrixOps.Adapters.dll", "CitrixOps,YamlDotNet")]
    [InlineData("dependencies/netstandard2.0/CitrixOps.Adapters.dll", "netstandard,CitrixOps,YamlDotNet,SharpCompress")]
    public void An_assembly_refers_only_to_what_it_may(string path, string allowed)
    {
        using var stream = File.OpenRead(Path.Combine(Repository.Root, "artifacts", "CitrixOps", path));
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) || n == "System.Management.Automation");

        Assert.Empty(references.Except(allowed.Split(',')));
    }

    [Theory]
    [InlineData("Console.")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("Environment.CurrentDirectory")]
    [InlineData(".Result;")]
    [InlineData(".Wait()")]
    [InlineData("catch (Exception)")]
    [InlineData("System.Management.Automation")]
    public void The_domain_does_without(string text) =>
        Assert.Empty(Repository.Sources.Where(f => f.StartsWith("src/CitrixOps/", StringComparison.Ordinal) && Repository.Read(f).Contains(text, StringComparison.Ordinal)));

    [Fact]
    public void Conditional_compilation_is_in_its_places() =>
        Assert.Empty(Repository.Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && Repository.Read(f).Contains("#if ", StringComparison.Ordinal)
            && !f.Contains("/Polyfills/", StringComparison.Ordinal) && !f.Contains("/Vectors/", StringComparison.Ordinal) && !f.EndsWith("ModuleRemoval.cs", StringComparison.Ordinal)));

    [Fact]
    public void A_file_is_called_as_its_type_and_lies_where_its_namespace_says()
    {
        foreach (var file in Repository.Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && !f.EndsWith("Program.cs", StringComparison.Ordinal)))
        {
            var text = Repository.Read(file);
            var name = Path.GetFileNameWithoutExtension(file).Split('.')[0];
            Assert.True(text.Contains($" {name}", StringComparison.Ordinal), $"{file} holds no {name}");
            var expected = Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');
            Assert.True(text.Contains($"namespace {expected};", StringComparison.Ordinal), $"{file} is not in namespace {expected}");
        }
    }

    [Fact]
    public void Files_are_small()
    {
        var lengths = Repository.Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal)).Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n'))).OrderBy(f => f.Lines).ToList();

        Assert.Empty(lengths.Where(f => f.Lines > 400));
        Assert.InRange(lengths[lengths.Count / 2].Lines, 1, 90);
    }

    [Fact]
    public void Projects_are_in_the_solution()
    {
        var solution = Repository.Read("CitrixOps.sln").Replace('\\', '/');
        Assert.Empty(Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_version_stands_in_one_place() =>
        Assert.Equal(typeof(Errors.Problem).Assembly.GetName().Version!.ToString(3), System.Text.RegularExpressions.Regex.Match(Repository.Read("module/CitrixOps.psd1"), "ModuleVersion\\s*=\\s*'([0-9.]+)'").Groups[1].Value);
}
