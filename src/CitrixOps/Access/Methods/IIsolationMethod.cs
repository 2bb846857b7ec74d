using CitrixOps.Access.Planning;

namespace CitrixOps.Access.Methods;

/// <summary>
/// One way to cut access: it says which steps close the draft's targets. Applying and undoing are the same for all, because a step's
/// objects are all that is needed for both.
/// </summary>
internal interface IIsolationMethod
{
    IsolationMethod Method { get; }

    void Plan(PlanDraft draft);
}
