using System;

namespace CitrixOps.SampleCases;

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Path below the bundle's root, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Modified">Its modification time.</param>
public sealed record BundleFile(string Path, byte[] Content, DateTimeOffset Modified);
