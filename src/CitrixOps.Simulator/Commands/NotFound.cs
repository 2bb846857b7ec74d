using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>Which code a type answers for an object it does not have.</summary>
internal static class NotFound
{
    public static NitroError Of(ResourceType type, string name)
    {
        var code = type.Name switch
        {
            "nsacl" or "nsacl6" => 864,
            "systemuser" => 2626,
            "systemcmdpolicy" => 373,
            "service" => 344,
            "policydataset" or "policypatset" => 2823,
            "sslcertkey" => 1540,
            "nspartition" => 2755,
            _ => 258,
        };
        return new NitroError(code, code == 258 ? $"{type.NameField ?? "name"}, {name}" : name);
    }
}
