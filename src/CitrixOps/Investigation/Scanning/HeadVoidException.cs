using System;

namespace CitrixOps.Investigation.Scanning;

/// <summary>A search by the head of an archive cannot go on: it is surveyed whole and searched anew.</summary>
internal sealed class HeadVoidException : Exception
{
}
