namespace CitrixOps.Errors;

/// <summary>What went wrong, in classes that a caller can act on. The PowerShell surface maps each to an ErrorCategory.</summary>
public enum ErrorKind
{
    /// <summary>The input is not what was asked for (a version string that is none, a window that ends before it starts).</summary>
    InvalidArgument,

    /// <summary>The content is damaged or not what its name says (truncated gzip, binary file, archive without a configuration).</summary>
    InvalidData,

    /// <summary>The thing named does not exist.</summary>
    NotFound,

    /// <summary>The account may not read or change it.</summary>
    PermissionDenied,

    /// <summary>The content was refused because it would harm this machine (path traversal, decompression bomb).</summary>
    SecurityRefusal,

    /// <summary>A file or network operation failed.</summary>
    ReadFailed,

    /// <summary>The other side cannot be reached, or does not answer in time.</summary>
    ConnectionFailed,

    /// <summary>The other side refuses who asks.</summary>
    AuthenticationFailed,

    /// <summary>This build or platform cannot do it.</summary>
    NotSupported,
}
