using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Cli;
using CitrixOps.Simulator.Commands.Special;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>Runs requests: rights, logs, single and bulk commands, propagation to the secondary.</summary>
internal static class Dispatcher
{
    // commands of one node, which its peer does not get
    private static readonly string[] NotPropagated =
    [
        "hanode", "hafailover", "hasync", "hafiles", "nshostname", "systemfile", "systemsession", "systembackup", "reboot", "shutdown", "install", "techsupport", "aaasession", "vpnicaconnection", "vpnpcoipconnection",
        "rdpconnections", "lbpersistentsessions", "Interface", "channel", "nstrace",
    ];

    // what only the default partition has
    private static readonly string[] DefaultOnly = ["hanode", "hafailover", "hasync", "hafiles", "reboot", "shutdown", "install", "nshardware", "nsfeature", "nsmode", "systembackup", "Interface", "channel"];

    private static readonly Dictionary<string, ISpecialType> Special = new ISpecialType[]
    {
        new VersionTypes(), new ConfigurationTypes(), new HaTypes(), new AclTypes(), new VserverTypes(), new AddressTypes(), new FileTypes(), new AdministratorTypes(), new UserSessionTypes(), new MaintenanceTypes(),
        new PartitionTypes(), new AuditTypes(), new PolicyTypes(),
    }.SelectMany(s => s.Types.Select(t => (Type: t, Special: s))).ToDictionary(p => p.Type, p => p.Special, StringComparer.Ordinal);

    public static NitroReply Run(Pair pair, Node node, AdminSession session, NitroRequest request)
    {
        if (request.Type.Length == 0)
        {
            return Reading.Types(request.IsStat);
        }

        var type = NitroSchema.Find(request.Type) is { } known && node.Profile.Knows(known.Name) ? known : throw new NitroError(1232, request.Type);
        CheckPartition(session, request);
        if (request.Method == "GET")
        {
            return Logged(node, session, request, CliTranslation.Of(request, type, null), () =>
            {
                var context = new CommandContext { Pair = pair, Node = node, Session = session, Request = request, Type = type };
                return request.IsStat ? Statistics.Read(context) : Reading.Read(context, Special.GetValueOrDefault(type.Name));
            });
        }

        if (request.Body is JsonArray items)
        {
            return Bulk(pair, node, session, request, type, items);
        }

        return One(pair, node, session, request, type, request.Body as JsonObject ?? []);
    }

    /// <summary>Runs a command of a scenario: checked as a client's is, but neither logged nor propagated.</summary>
    public static void Configure(Pair pair, Node node, AdminSession session, NitroRequest request, ResourceType type) =>
        Execute(new CommandContext { Pair = pair, Node = node, Session = session, Request = request, Type = type, Operation = "add", Arguments = ArgumentCheck.Read(type, "add", (JsonObject)request.Body!, node.Profile) });

    private static void CheckPartition(AdminSession session, NitroRequest request)
    {
        if (session.Partition != "default" && DefaultOnly.Contains(request.Type) && !request.IsStat && !(request.Method == "GET" && request.Type is "nsfeature" or "nsmode" or "hanode"))
        {
            throw new NitroError(request.Method == "GET" ? 2760 : 2772);
        }
    }

    private static NitroReply Bulk(Pair pair, Node node, AdminSession session, NitroRequest request, ResourceType type, JsonArray items)
    {
        var before = pair.Nodes.Select(n => (Node: n, Store: n.Running.Clone(), Acls: n.Acls.ToList())).ToList();
        var results = new JsonArray();
        var failed = false;
        foreach (var (item, number) in items.Select((item, number) => (item, number)))
        {
            if (failed && request.OnError != "continue")
            {
                // older builds end the list with the one that failed
                if (node.Profile.Late)
                {
                    results.Add(Result(new NitroError(1265)));
                }

                continue;
            }

            try
            {
                var reply = number >= request.FailsFrom ? throw new NitroError(request.FailsWith) : One(pair, node, session, request, type, item as JsonObject ?? throw new NitroError(1234, type.Name));
                results.Add(reply.Code == 0 ? new JsonObject { ["errorcode"] = 0, ["message"] = "Done", ["severity"] = "NONE" } : Result(new NitroError(reply.Code)));
                failed |= reply.Code != 0;
            }
            catch (NitroError e)
            {
                failed = true;
                results.Add(Result(e));
            }
        }

        if (!failed)
        {
            return new NitroReply { Status = request.Method == "POST" && request.Options.Action is null ? 201 : 200 };
        }

        var code = 1243;
        if (request.OnError == "rollback")
        {
            code = NotPropagated.Contains(type.Name) || request.Options.Action is not null and not ("enable" or "disable") ? 1242 : node.FailRollback ? 1241 : 1243;
            foreach (var (where, store, acls) in code == 1243 ? before : [])
            {
                where.Running = store;
                where.Acls.Clear();
                where.Acls.AddRange(acls);
            }
        }

        var bulk = NitroReply.Of(new NitroError(code));
        bulk.Payload["response"] = results;
        return bulk;
    }

    private static JsonObject Result(NitroError error) => new() { ["errorcode"] = error.Code, ["message"] = error.Message, ["severity"] = "ERROR" };

    private static NitroReply One(Pair pair, Node node, AdminSession session, NitroRequest request, ResourceType type, JsonObject item) =>
        Logged(node, session, request, CliTranslation.Of(request, type, item), () =>
        {
            var operation = Operation(request, type);
            if (request.Name is { } name && request.Method == "PUT" && type.NameField is { } key && !item.ContainsKey(key))
            {
                item[key] = name;
            }

            var context = new CommandContext { Pair = pair, Node = node, Session = session, Request = request, Type = type, Operation = operation, Arguments = ArgumentCheck.Read(type, operation, item, node.Profile) };
            if (pair.IsPair && !node.IsPrimary && node.RefusesAsSecondary && Propagates(context))
            {
                throw new NitroError(368);
            }

            // the secondary runs a command first, and a primary that does not take it answers for itself
            var failure = Propagate(context);
            var reply = Execute(context);
            if (failure != 0)
            {
                pair.PeerOf(node)!.HaSync = "FAILED";
                return NitroReply.Of(new NitroError(failure));
            }

            reply.Warning = context.Warning ?? (pair.IsPair && !node.IsPrimary && Propagates(context) ? new NitroError(1028) : null);
            return reply;
        });

    private static string Operation(NitroRequest request, ResourceType type) => request.Method switch
    {
        "PUT" => type.IsBinding ? "add" : "update",
        "DELETE" => "delete",
        "POST" when request.Options.Action is { } action => action.ToLowerInvariant(),
        "POST" => type.Operations is [var only] && only is not "add" ? only.ToLowerInvariant() : type.Has("reboot") ? "reboot" : type.Has("Shutdown") ? "shutdown" : type.Has("Install") ? "install" : "add",
        _ => throw new NitroError(1237),
    };

    private static NitroReply Execute(CommandContext context)
    {
        var special = Special.GetValueOrDefault(context.Type.Name);
        var reply = special?.Run(context) ?? (context.Type.IsBinding ? BindingCommands.Run(context) : GenericWrite.Run(context));
        special?.After(context);
        if (!(context.Type.Name == "nsconfig" && context.Operation == "save") && (Propagates(context) || context.Type.Name is "hanode" or "nshostname"))
        {
            context.Node.Touch(context.Partition);
        }

        return reply;
    }

    private static bool Propagates(CommandContext context) => !NotPropagated.Contains(context.Type.Name) && context.Operation != "switch" && !(context.Pair.IsIndependent && Pair.OfOneNode(context.Type.Name, context.Arguments));

    private static int Propagate(CommandContext context)
    {
        if (!context.Pair.IsPair || !context.Node.IsPrimary || !Propagates(context) || context.Node.HaPropagation != "ENABLED" || context.Pair.VersionsDiffer)
        {
            return 0;
        }

        var peer = context.Pair.PeerOf(context.Node)!;
        if (context.Pair.PropagationFailures.TryDequeue(out var failure))
        {
            return failure;
        }

        if (peer.Phase != BootPhase.Up)
        {
            return 457;
        }

        try
        {
            Execute(context.On(peer));
            return 0;
        }
        catch (NitroError)
        {
            return 349;
        }
    }

    private static NitroReply Logged(Node node, AdminSession session, NitroRequest request, string command, Func<NitroReply> run)
    {
        try
        {
            CommandPolicies.Check(node, session.User, command);
            var reply = run();
            NodeLog.Command(node, session, request, command, reply.Code == 0 ? "Success" : "ERROR: " + reply.Message);
            return reply;
        }
        catch (NitroError e)
        {
            NodeLog.Command(node, session, request, command, "ERROR: " + e.Message);
            throw;
        }
    }
}
