using System;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Nitro;

/// <summary>Error codes of the appliance as problems: what happened, and what to do.</summary>
internal static class NitroProblems
{
    // session expired or killed, login required, login failed, not logged in, timed out: none of them executed the command
    public static bool IsSessionEnd(int code) => code is 444 or 352 or 1025 or 1026 or 1027;

    public static bool IsBusy(int code) => code is 445 or 446;

    public static NitroException Of(NitroReply reply, NitroCall call, string host, string user)
    {
        var problem = reply.Code switch
        {
            354 or 355 => new Problem("LoginFailed", ErrorKind.AuthenticationFailed, $"'{host}' refuses user '{Safe(user)}': {reply.Message}.", host, "Check name and password. It is not tried again: repeated wrong passwords can lock the account. A locked account gets this answer too."),
            384 => new Problem("InterfaceNotAllowed", ErrorKind.AuthenticationFailed, $"User '{Safe(user)}' may not use the API of '{host}'.", host, "set system user <name> -allowedManagementInterface API CLI"),
            445 or 446 => new Problem("SessionLimit", ErrorKind.ConnectionFailed, $"'{host}' has no session free: {reply.Message}.", host, "The appliance has about twenty for all users together. Log out others (show system session, kill system session), or wait until theirs expire."),
            1034 or 3816 => new Problem("LoginNeedsMore", ErrorKind.AuthenticationFailed, $"'{host}' asks user '{Safe(user)}' for another factor.", host, "Use a local account with -externalAuth DISABLED for automation."),
            1045 or 1046 or 1047 => new Problem("PasswordChangeNeeded", ErrorKind.AuthenticationFailed, $"'{host}' does not let user '{Safe(user)}' in yet: {reply.Message}", host, "Log in once with SSH or the GUI and do what it asks."),
            1219 => new Problem("SessionTimeoutRefused", ErrorKind.InvalidArgument, $"'{host}' refuses the session time: {reply.Message}", host, "Lower it to what the administrator configured."),
            1244 => new Problem("HeaderLoginDisabled", ErrorKind.AuthenticationFailed, $"'{host}' does not accept passwords in headers.", host, "Use a session."),
            2138 => NotAuthorised(reply, host, user),
            257 or 269 or 371 => new Problem("NotAuthorised", ErrorKind.PermissionDenied, $"User '{Safe(user)}' may not do this on '{host}' ({call}): {reply.Message}.", host, "Bind a command policy that allows it."),
            368 => new Problem("NotPrimary", ErrorKind.NotSupported, $"'{host}' is the secondary node and refuses: {reply.Message}", host, "Give the primary node, or both."),
            1088 or 1232 or 1240 => new Problem("NotKnownToBuild", ErrorKind.NotSupported, $"'{host}' does not know {call}: {reply.Message}.", host, "Its build may be too old."),
            258 or 344 or 373 or 461 or 463 or 538 or 864 or 1155 or 1540 or 2626 or 2755 or 2823 or 3087 or 3248 or 3440 or 3441 => new Problem("ObjectNotFound", ErrorKind.NotFound, $"'{host}' has no such object ({call}): {reply.Message}.", host, "Check the name."),
            273 => new Problem("ObjectExists", ErrorKind.InvalidArgument, $"'{host}' has it already ({call}): {reply.Message}.", host, "Choose another name, or remove the other one."),
            293 or 412 or 603 => new Problem("ApplianceBusy", ErrorKind.ConnectionFailed, $"'{host}' is busy: {reply.Message}.", host, "Wait a moment and try again."),
            _ when IsSessionEnd(reply.Code) => new Problem("SessionEnded", ErrorKind.AuthenticationFailed, $"The session with '{host}' has ended: {reply.Message}.", host, "Somebody may have ended it, or the node restarted. Connect again."),
            _ => new Problem("NitroError", ErrorKind.ReadFailed, $"'{host}' answers {call} with error {reply.Code}: {reply.Message}.", host, "Look the code up in the appliance's NITRO documentation."),
        };
        return new NitroException(problem, reply.Code, Delivery.NotExecuted);
    }

    private static Problem NotAuthorised(NitroReply reply, string host, string user)
    {
        var open = reply.Message.IndexOf('[');
        var command = open >= 0 ? reply.Message.Substring(open + 1).TrimEnd('.', ']') : "";
        return new Problem(
            "NotAuthorised",
            ErrorKind.PermissionDenied,
            $"User '{Safe(user)}' may not run the command \"{command}\" on '{host}'.",
            host,
            $"Its command policy lacks: {CommandRights.LineFor(command)}. The policies for each task are in the module's data/policies/tasks.json.");
    }

    private static string Safe(string text) => Investigation.SafeText.FromText(text, 60);

    public static Problem NoAnswer(Exception e, string host, NitroCall call)
    {
        var reason = Investigation.SafeText.FromText(Innermost(e).Message, 200);
        return new Problem("NotConnected", ErrorKind.ConnectionFailed, $"'{host}' cannot be reached ({call}): {reason}", host, "Check address, port and network path, and that management access is on for this address.");
    }

    private static Exception Innermost(Exception e) => e.InnerException is null ? e : Innermost(e.InnerException);
}
