using System;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>A bulk request of which some objects were done and some were refused: what is missing is tried again before it counts as failed.</summary>
internal sealed class HalfDoneException : CitrixOpsException
{
    public HalfDoneException(Problem problem, Exception? inner = null)
        : base(problem, inner)
    {
    }
}
