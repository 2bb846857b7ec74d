using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace CitrixOps.Polyfills;

/// <summary>The stream of an answer. .NET Framework's cannot be given a token.</summary>
internal static class ContentStream
{
    /// <summary>Opens it.</summary>
    public static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NETSTANDARD2_0
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
#else
        return content.ReadAsStreamAsync(cancellationToken);
#endif
    }
}
