using System.Net;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>The rows in which NITRO shows sessions of users.</summary>
internal static class UserSessionRows
{
    public static UserSession Make(ScenarioSession session, int number, AddressTranslation? translation)
    {
        var user = session.Count > 1 ? $"{session.User}{number + 1}" : session.User;
        var port = 51000 + number;
        var seen = IPAddress.TryParse(session.Source, out var source) ? (translation?.Of(source) ?? source).ToString() : session.Source;
        var row = session.Kind switch
        {
            UserSessionKind.Aaa => new JsonObject { ["username"] = user, ["groupname"] = "", ["publicip"] = seen, ["publicport"] = port, ["ipaddress"] = "203.0.113.10", ["port"] = 443, ["privateip"] = "10.1.2.3", ["privateport"] = port, ["destip"] = "203.0.113.10", ["destport"] = 443, ["intranetip"] = "0.0.0.0", ["sessionkey"] = $"k{number}", ["peid"] = "1" },
            UserSessionKind.Ica or UserSessionKind.IcaDtls => new JsonObject { ["username"] = user, ["domain"] = "RAADHUIS", ["srcip"] = seen, ["srcport"] = port, ["destip"] = "10.1.5.20", ["destport"] = 2598, ["transproto"] = session.Kind == UserSessionKind.Ica ? "TCP" : "UDP" },
            UserSessionKind.Persistence => new JsonObject { ["vserver"] = session.Vserver, ["type"] = "1", ["srcip"] = seen, ["destip"] = "10.1.5.30", ["destport"] = 443, ["timeout"] = "120" },
            _ => new JsonObject { ["username"] = user, ["srcip"] = seen, ["srcport"] = port, ["destip"] = "10.1.5.21", ["destport"] = session.Kind == UserSessionKind.Rdp ? 3389 : 4172 },
        };
        return new UserSession(session.Kind, user, session.Source, session.Vserver, row);
    }
}
