using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CitrixOps.Logs;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Our matcher against the framework's own linear-time engine, through rules.</summary>
public sealed class ExpressionTests
{
    private static readonly string[] Atoms = ["a", "b", "/", ".", "[ab]", "[^a/]", "x", "(a|b)", "(?:ab|/x)", "^", "$", "\\d", "\\w", "\\s", "\\.", "1", "%", "\\b"];
    private static readonly string[] Counts = ["", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"];

    [Fact]
    public void It_matches_what_the_frameworks_engine_matches()
    {
        var atom = Gen.Select(Gen.Int[0, Atoms.Length - 1], Gen.Int[0, Counts.Length - 1]).Select((a, c) => Atoms[a] + (Atoms[a] is "^" or "$" or "\\b" ? "" : Counts[c]));
        var pattern = atom.Array[1, 6].Select(string.Concat);
        var text = Gen.Char["ab/x.1% \n"].Array[0, 12].Select(c => new string(c));
        Gen.Select(pattern, pattern, Gen.Bool, text.Array[5]).Sample((one, two, either, texts) =>
        {
            var expression = either ? one + "|" + two : one + two;
            var expected = new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            var test = SigmaText.Load("    cs-uri|re: '" + expression + "'");
            foreach (var t in texts)
            {
                Assert.True(expected.IsMatch(t) == test(t), expression + " on " + t.Replace("\n", "\\n"));
            }
        }, iter: 400);
    }

    [Theory]
    [InlineData("(qzxq)?ee", "xeex")]
    [InlineData("ee(?:qzxq)*", "xeex")]
    [InlineData("qzxq{0,3}e", "qzxe")]
    [InlineData("eq?e", "ee")]
    [InlineData("(qzxq){0,2}?ee(jkjk){0}", "ee")]
    [InlineData("(qzxq|)ee", "ee")]
    [InlineData("(qzxq|jkjk)?ee", "ee")]
    [InlineData("((qzxq)?e)+", "e")]
    [InlineData("((qzxq)*|ee)a", "a")]
    [InlineData("qzxq|ee", "ee")]
    [InlineData("(qz(xq)?)+e", "qze")]
    public void What_may_be_absent_is_not_asked_for(string expression, string value) => Assert.True(SigmaText.Load("    cs-uri|re: '" + expression + "'")(value));

    [Theory]
    [InlineData("(qzxq)+ee", "xeex")]
    [InlineData("(?:qzxq|jkjk){1,3}ee", "xeex")]
    [InlineData("eqzxq?e", "eqze")]
    public void What_must_be_there_is_asked_for(string expression, string value)
    {
        var rules = SigmaText.Files(("r.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httperror\nlevel: low\ndetection:\n  s:\n    message|re: '" + expression + "'\n  condition: s\n"));

        Assert.False(rules.MatcherFor(LogTypes.HttpError).IsCandidate(Encoding.Latin1.GetBytes(value)));
    }

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)*c")]
    [InlineData("(.*a){20}")]
    public void Nothing_makes_it_slow(string expression) => Assert.False(SigmaText.Load("    cs-uri|re: '" + expression + "'")(new string('b', 9) + new string('a', 19) + "!"));

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(?>a)")]
    [InlineData("a++")]
    [InlineData("[a")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("a{2000}")]
    [InlineData("(a{1000}){1000}")]
    [InlineData("[é]")]
    public void What_is_not_linear_or_no_expression_is_refused(string expression)
    {
        var skipped = SigmaText.Read("    cs-uri|re: '" + expression + "'").Skipped.Single();

        Assert.Contains("expression", skipped.Reason);
        Assert.Equal(9, skipped.Line);
    }

    [Fact]
    public void Case_is_ignored_in_ascii_only()
    {
        var test = SigmaText.Load("    cs-uri|re|i: 'caf\u00c9'");

        Assert.True(test("CAF\u00c3\u0089"));
        Assert.False(test("caf\u00e3\u0089"));
    }
}
