namespace CitrixOps.Errors;

/// <summary>
/// One thing that could not be done, with everything an operator needs: a stable id, the thing it concerns, and what to do.
/// Problems never stop the other inputs.
/// </summary>
/// <param name="Id">Stable identifier without spaces, part of the public interface (for example <c>ArchiveTruncated</c>).</param>
/// <param name="Kind">The class of the problem.</param>
/// <param name="Message">What happened, in one sentence, safe to print (no control characters, no secrets).</param>
/// <param name="Target">The input concerned: a path, a member of an archive, a version string.</param>
/// <param name="Recommendation">What the operator can do now.</param>
public sealed record Problem(string Id, ErrorKind Kind, string Message, string? Target, string Recommendation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Message}";
}
