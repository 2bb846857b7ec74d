using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Whoever writes a rule finds every log and every field in the documentation.</summary>
public sealed class RuleDocumentationTests
{
    [Theory]
    [InlineData("module/data/rules/README.md")]
    [InlineData("module/en-US/about_CitrixOps_Rules.help.txt")]
    public void Every_log_and_field_is_documented(string file)
    {
        var words = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, file)), "[A-Za-z0-9_()-]+").Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(LogTypes.All.Except(words));
        Assert.Empty(LogFormats.All.Where(f => f.LogType != LogTypes.NsLog).SelectMany(f => f.Fields).Distinct().Except(words));

        // ns.log has fields under the names it logs itself: those that we derive are listed
        Assert.Empty(LogFormats.ByType(LogTypes.NsLog)!.Fields.Where(f => char.IsLower(f[0]) && f.Contains('-', StringComparison.Ordinal)).Except(words));
    }
}
