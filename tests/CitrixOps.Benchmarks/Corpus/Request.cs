using System.Text;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>A request: <c>#</c> stands for a number, <c>@</c> for an id, <c>~</c> for people's words.</summary>
internal sealed class Request(string text, int status, int unchanged)
{
    /// <summary>Method and target.</summary>
    public byte[] Text { get; } = Encoding.UTF8.GetBytes(text);

    /// <summary>The usual answer.</summary>
    public int Status { get; } = status;

    /// <summary>How many of a hundred are answered with 304.</summary>
    public int Unchanged { get; } = unchanged;
}
