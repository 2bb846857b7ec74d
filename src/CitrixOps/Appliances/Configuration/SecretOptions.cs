using System;

namespace CitrixOps.Appliances.Configuration;

/// <summary>Options whose values are secrets, encrypted or not: they are dropped while reading.</summary>
internal static class SecretOptions
{
    private static readonly string[] Words = { "password", "passphrase", "passcrypt", "secret", "radkey", "psk", "communityname", "authpasswd", "privpasswd", "-key", "hexkey", "encrypted" };

    /// <summary>Whether an option's value is a secret.</summary>
    public static bool Names(string option)
    {
        foreach (var word in Words)
        {
            if (option.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
