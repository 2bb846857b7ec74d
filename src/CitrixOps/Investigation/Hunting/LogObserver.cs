using System;
using System.Collections.Generic;
using CitrixOps.Appliances;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Hunting;

/// <summary>
/// Looks at the lines and files of a gateway besides the rules and concludes from many of them together. Files come in any order (an archive
/// is read once, as it is stored), lines of one file in theirs; nothing may depend on the order of files. Memory must be bounded.
/// </summary>
internal abstract class LogObserver
{
    /// <summary>The sources that will be searched, before the first of them is. Lines from a pipeline are no source.</summary>
    public virtual void Prepare(IReadOnlyList<ApplianceSource> sources)
    {
    }

    /// <summary>A source begins.</summary>
    public virtual void StartSource(ApplianceSource source, ApplianceFacts facts)
    {
    }

    /// <summary>A file that is no log.</summary>
    public virtual void See(ApplianceFile file, ApplianceFacts facts)
    {
    }

    /// <summary>Whether it reads logs of a type.</summary>
    public abstract bool Reads(string logType);

    /// <summary>A file begins.</summary>
    public virtual void StartFile(LogFile log, string node)
    {
    }

    /// <summary>Whether a line is worth parsing; called for every line with a time, from several threads at once and in any order.</summary>
    public abstract bool Wants(ReadOnlySpan<byte> line);

    /// <summary>
    /// Notes of its own for a block of lines, where it need not be given records; null otherwise. What is noted must come to the same as
    /// the records of the lines that it wants.
    /// </summary>
    public virtual LineNotes? NewNotes() => null;

    /// <summary>A line that was wanted, parsed.</summary>
    public abstract void Observe(LogRecord record, in LineContext context);

    /// <summary>Every source of the gateway was read: says what follows.</summary>
    public abstract void Complete(HuntContext hunt);
}
