using CitrixOps.Logs;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A record that a conclusion can point to: where it stands and what it says, kept small.</summary>
internal sealed class Evidence
{
    private const int ExcerptLength = 240;

    public Evidence(LogRecord record, in LineContext context)
    {
        Context = context;
        Context.LoggedTime = context.LoggedTime;
        Excerpt = SafeText.Cell(SecretMask.Apply(SafeText.FromRecord(record.Raw, ExcerptLength), context.ShowSecret));
    }

    public LineContext Context;

    public string Excerpt { get; }
}
