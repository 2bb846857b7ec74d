using System.Management.Automation;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Turns the domain's problems into error records: id, category, target and recommendation.</summary>
internal static class ErrorRecords
{
    /// <summary>The error record of a problem.</summary>
    public static ErrorRecord From(Problem problem) => From(new CitrixOpsException(problem));

    /// <summary>The error record of a failure of the domain.</summary>
    public static ErrorRecord From(CitrixOpsException exception)
    {
        var problem = exception.Problem;
        return new ErrorRecord(exception, problem.Id, CategoryOf(problem.Kind), problem.Target)
        {
            ErrorDetails = new ErrorDetails(problem.Message) { RecommendedAction = problem.Recommendation },
        };
    }

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.SecurityRefusal => ErrorCategory.SecurityError,
        ErrorKind.ConnectionFailed => ErrorCategory.ConnectionError,
        ErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        ErrorKind.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.ReadError,
    };
}
