using System;
using CitrixOps.Indicators;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>A rule that matched a record. Its finding is made when somebody wants it: most hits only feed a correlation that never holds.</summary>
internal sealed class RuleHit
{
    private readonly Func<Indicator, string, Finding> _describe;
    private readonly LogRule _rule;
    private readonly LineContext _context;
    private readonly string _raw;
    private readonly string? _address;
    private readonly int _earlier;
    private Finding? _finding;

    /// <summary>Creates a hit.</summary>
    /// <param name="describe">Starts a finding of an indicator on a node.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="record">The record; not kept.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="earlier">How many identical records of its file came before it.</param>
    public RuleHit(Func<Indicator, string, Finding> describe, LogRule rule, LogRecord record, in LineContext context, int earlier)
    {
        _describe = describe;
        _rule = rule;
        _context = context;
        _raw = record.Raw;
        _address = record["c-ip"];
        _earlier = earlier;
    }

    /// <summary>The log it stands in.</summary>
    public string Origin => _context.File.Member ?? _context.File.SourcePath;

    /// <summary>The finding, always the same one.</summary>
    public Finding Finding => _finding ??= Make();

    /// <summary>The name of a member; names in archives are the archive's words.</summary>
    public static string? Printable(string? member) => member is null ? null : SafeText.Cell(SafeText.FromText(member, 1024));

    private Finding Make()
    {
        var finding = _describe(_rule, _context.Node);
        finding.Time = _context.Time;
        finding.TimeTrust = _context.TimeTrust;
        finding.LoggedTime = _context.LoggedTime;
        finding.SourceAddress = _address is { } address ? SafeText.Cell(SafeText.FromRecord(address, 64)) : null;
        finding.Source = _context.File.SourcePath;
        finding.Member = Printable(_context.File.Member);
        finding.LineNumber = _context.Number;
        finding.Offset = _context.Offset;
        finding.Excerpt = SafeText.Cell(SecretMask.Apply(SafeText.FromRecord(_raw), _context.ShowSecret));
        finding.Id = FindingIds.Of(_rule.Id, _context.Kind, _raw, _earlier);
        return finding;
    }
}
