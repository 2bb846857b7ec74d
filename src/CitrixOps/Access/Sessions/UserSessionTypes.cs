using System;
using System.Collections.Generic;

namespace CitrixOps.Access.Sessions;

/// <summary>What the REST API calls each kind: where it is listed, and what ends it.</summary>
internal static class UserSessionTypes
{
    // ICA over DTLS has a list of its own; ending ICA ends it too
    public static IReadOnlyList<(UserSessionKind Kind, string ListType)> Lists { get; } = new[]
    {
        (UserSessionKind.Aaa, "aaasession"),
        (UserSessionKind.Ica, "vpnicaconnection"),
        (UserSessionKind.Ica, "vpnicadtlsconnection"),
        (UserSessionKind.Pcoip, "vpnpcoipconnection"),
        (UserSessionKind.Rdp, "rdpconnections"),
    };

    public static IReadOnlyList<UserSessionKind> Kinds { get; } = new[] { UserSessionKind.Aaa, UserSessionKind.Ica, UserSessionKind.Pcoip, UserSessionKind.Rdp };

    public static string KillType(UserSessionKind kind) => kind switch
    {
        UserSessionKind.Aaa => "aaasession",
        UserSessionKind.Ica => "vpnicaconnection",
        UserSessionKind.Pcoip => "vpnpcoipconnection",
        UserSessionKind.Rdp => "rdpconnections",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
