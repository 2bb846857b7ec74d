using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Net;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Turns what a user gives into what a connection needs.</summary>
internal static class Connecting
{
    /// <summary>The addresses; what is none is reported and left out.</summary>
    public static IReadOnlyList<NitroAddress> Addresses(IEnumerable<string> names, IProblemSink problems)
    {
        var addresses = new List<NitroAddress>();
        foreach (var name in names)
        {
            try
            {
                addresses.Add(NitroAddress.Parse(name));
            }
            catch (CitrixOpsException e)
            {
                problems.Report(e.Problem);
            }
        }

        return addresses;
    }

    /// <summary>The options of a connection.</summary>
    /// <exception cref="CitrixOpsException">A pin is no SHA-256.</exception>
    public static ConnectOptions Options(PSCredential credential, string[] pins, bool skipCertificateCheck, string? partition, int timeout) => new()
    {
        Credential = new NitroCredential(new NetworkCredential(credential.UserName, credential.Password)),
        Pins = NitroPins.Parse(pins),
        SkipCertificateCheck = skipCertificateCheck,
        Partition = partition,
        Timeout = TimeSpan.FromSeconds(timeout),
    };
}
