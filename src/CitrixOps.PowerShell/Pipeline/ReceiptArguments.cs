using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Receipts as they are given: paths, files, receipts of this session or of another one.</summary>
internal static class ReceiptArguments
{
    public static IReadOnlyList<AccessReceipt> Read(PSCmdlet cmdlet, IEnumerable<PSObject> given, bool force, IProblemSink problems)
    {
        var receipts = new List<AccessReceipt>();
        foreach (var path in given.SelectMany(g => Paths(cmdlet, g)))
        {
            try
            {
                receipts.Add(ReceiptFile.Read<AccessReceipt>(path, force));
            }
            catch (CitrixOpsException e)
            {
                problems.Report(e.Problem);
            }
        }

        return receipts;
    }

    private static IEnumerable<string> Paths(PSCmdlet cmdlet, PSObject given)
    {
        var text = given.BaseObject as string ?? (given.BaseObject as System.IO.FileInfo)?.FullName ?? given.Properties["PSPath"]?.Value as string ?? given.Properties["Path"]?.Value as string;

        // a receipt that nothing was changed for has no file
        return string.IsNullOrEmpty(text) ? Enumerable.Empty<string>() : new[] { cmdlet.GetUnresolvedProviderPathFromPSPath(text) };
    }
}
