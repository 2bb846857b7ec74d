using System;
using System.Net;

namespace CitrixOps.Appliances.Nitro;

/// <summary>User and password of an appliance's account. Its text never holds the password.</summary>
public sealed class NitroCredential
{
    private readonly NetworkCredential _credential;

    /// <summary>Takes over a credential.</summary>
    /// <param name="credential">User and password; the password is kept as a SecureString where the platform protects it.</param>
    public NitroCredential(NetworkCredential credential)
    {
        _credential = credential ?? throw new ArgumentNullException(nameof(credential));
        UserName = credential.UserName;
    }

    /// <summary>The user.</summary>
    public string UserName { get; }

    internal string Password => _credential.Password;

    /// <inheritdoc/>
    public override string ToString() => UserName;
}
