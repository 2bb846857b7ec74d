using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using CitrixOps.HelpBuilder;

// Usage: CitrixOps.HelpBuilder <assembly with cmdlets> <MAML file to write>
if (args.Length != 2)
{
    Console.Error.WriteLine("usage: CitrixOps.HelpBuilder <assembly> <output>");
    return 2;
}

var assembly = Assembly.LoadFrom(Path.GetFullPath(args[0]));
var comments = DocComments.Beside(assembly.Location);
var cmdlets = assembly.GetExportedTypes().Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null)
    .OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new CmdletHelp(t, comments)).ToList();
var gaps = cmdlets.SelectMany(c => c.Gaps()).ToList();
foreach (var gap in gaps)
{
    Console.Error.WriteLine("error HELP: " + gap);
}

if (gaps.Count > 0)
{
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(args[1]))!);
Maml.Write(cmdlets, args[1]);
return 0;
