using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Hosting;

/// <summary>Who asks: login with a session, login with headers, logout.</summary>
internal static class Authentication
{
    private static readonly TimeSpan Unlimited = TimeSpan.FromMinutes(30);

    public static NitroReply Login(Node node, NitroRequest request)
    {
        if (node.Profile.Late && request.Token is { } stale && node.Sessions.Find(stale, node.Now) is null)
        {
            throw new NitroError(444);
        }

        var body = request.Body as JsonObject ?? throw new NitroError(1095, "username");
        if (body.FirstOrDefault(p => p.Key is not ("username" or "password" or "timeout" or "new_password" or "tfa_code")).Key is { } unknown)
        {
            throw new NitroError(1090, unknown);
        }

        var user = body["username"] is { } name ? Row.Plain(name) : throw new NitroError(1095, "username");
        var newPassword = body["new_password"] is { } changed ? Row.Plain(changed) : null;
        Verify(node, user, body["password"] is { } password ? Row.Plain(password) : "", newPassword);
        var timeout = body["timeout"] is { } asked
            ? TimeSpan.FromSeconds(int.TryParse(Row.Plain(asked), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 100_000_000 ? seconds : throw new NitroError(1219))
            : (TimeSpan?)null;
        var session = node.Sessions.Open(user, Timeout(node, user, timeout), Limit(node, user), request.ClientAddress, node.Now, transient: false);
        var reply = new NitroReply { Status = 201, SetCookie = $"NITRO_AUTH_TOKEN={Uri.EscapeDataString(session.Token)}; path=/nitro/v1" };
        reply.Payload["sessionid"] = session.Token;
        return reply;
    }

    /// <summary>The session of a request; the caller closes a transient one.</summary>
    public static AdminSession Session(Node node, NitroRequest request)
    {
        if (request.HeaderLogin is { } login)
        {
            if (node.Running.Single("default", "systemparameter").Is("basicauth", "DISABLED"))
            {
                throw new NitroError(1244);
            }

            Verify(node, login.User, login.Password, newPassword: null);
            return node.Sessions.Open(login.User, Unlimited, Limit(node, login.User), request.ClientAddress, node.Now, transient: true);
        }

        if (request.Token is not { } token)
        {
            throw new NitroError(352);
        }

        return node.Sessions.Find(token, node.Now) ?? throw new NitroError(444);
    }

    private static void Verify(Node node, string user, string password, string? newPassword)
    {
        var row = node.Running.Rows("default", "systemuser").FirstOrDefault(u => u.Text("username") == user);
        var parameters = node.Running.Single("default", "aaaparameter");
        if (row is null || node.Sessions.IsLocked(user, node.Now) || row.Text("password") != password)
        {
            node.Sessions.Failed(user, Number(parameters.Text("maxloginattempts"), 0), TimeSpan.FromMinutes(Number(parameters.Text("failedlogintimeout"), 5)), node.Now);
            throw new NitroError(354);
        }

        node.Sessions.Unlock(user);
        if (row.Has("allowedmanagementinterface") && !row.List("allowedmanagementinterface").Contains("API", StringComparer.OrdinalIgnoreCase))
        {
            throw new NitroError(384);
        }

        if (user == "nsroot" && password == "nsroot" && node.Profile.RefusesDefaultPassword && newPassword is null)
        {
            throw new NitroError(node.Profile.Branch == "14.1" ? 1047 : 1046);
        }

        if (newPassword is not null)
        {
            row.Set("password", newPassword);
        }
    }

    private static TimeSpan Timeout(Node node, string user, TimeSpan? asked)
    {
        var own = node.Running.Rows("default", "systemuser").First(u => u.Text("username") == user).Text("timeout");
        if (!node.Running.Single("default", "systemparameter").Is("restrictedtimeout", "ENABLED"))
        {
            return asked ?? Unlimited;
        }

        var cap = TimeSpan.FromSeconds(Number(own, 900));
        return asked is null ? cap : asked > cap || asked < TimeSpan.FromSeconds(300) ? throw new NitroError(1219) : asked.Value;
    }

    private static int Limit(Node node, string user) => Math.Min(
        Number(node.Running.Rows("default", "systemuser").First(u => u.Text("username") == user).Text("maxsession"), 20),
        Number(node.Running.Single("default", "systemparameter").Text("maxsessionperuser"), 40));

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
