using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Planning;
using CitrixOps.KillMatrix;

// without arguments: every topology and method, each request that changes something, at every moment of it, finished and undone
// --once: each step once per method, as CI does it; --every: at every request, also those that only look; --update: updates alone
// then names of topologies; --only=<text>: only scenes whose description holds it
if (args is ["--child", ..])
{
    return await Client.AsChild(args);
}

if (args is ["--update-child", ..])
{
    return await UpdateScene.AsChild(args);
}

if (args is ["--mitigation", ..])
{
    return await MitigationScene.AsChild(args);
}

var once = args.Contains("--once");
var every = args.Contains("--every");
var updates = args.Contains("--update");
string[] topologies = args.Where(a => !a.StartsWith('-')).ToArray() is { Length: > 0 } named ? named : once ? ["topology-ha", "topology-full"] : ["topology-plain", "topology-ha", "topology-ipv6", "topology-partitions", "topology-full"];
var only = args.FirstOrDefault(a => a.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..] ?? "";
var failures = 0;
var played = 0;
foreach (var topology in updates ? [] : topologies)
{
    foreach (var method in new[] { IsolationMethod.Acl, IsolationMethod.VirtualServer, IsolationMethod.Responder, IsolationMethod.VipAddress })
    {
        var script = await Script.Record(topology, method);
        foreach (var (point, finish) in once ? Once(script) : every ? Every(script) : All(script))
        {
            if (!$"{topology} {method} {(finish ? "finished" : "undone")}: {point}".Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            var wrong = await Scene.Play(script, point, finish);
            played++;
            failures += wrong is null ? 0 : 1;
            Console.WriteLine($"{(wrong is null ? "ok  " : "FAIL")} {topology} {method} {(finish ? "finished" : "undone")}: {point} {wrong}");
        }
    }
}

foreach (var scenario in args.Any(a => !a.StartsWith('-')) ? [] : once ? ["clean-ha-131"] : new[] { "clean-ha-131", "clean-single-141" })
{
    foreach (var point in UpdateScene.Points(scenario).SelectMany((p, i) => once ? [p with { Executed = i % 2 == 0 }] : new[] { p, p with { Executed = true } }))
    {
        var wrong = await UpdateScene.Play(scenario, point);
        played++;
        failures += wrong is null ? 0 : 1;
        Console.WriteLine($"{(wrong is null ? "ok  " : "FAIL")} {scenario} update {point} {wrong}");
    }
}

foreach (var (point, finish) in MitigationScene.Points(once).Where(_ => !updates))
{
    var wrong = await MitigationScene.Play(point, finish);
    played++;
    failures += wrong is null ? 0 : 1;
    Console.WriteLine($"{(wrong is null ? "ok  " : "FAIL")} mitigation {(finish ? "finished" : "undone")} {point} {wrong}");
}

Console.WriteLine($"{played} scenes, {failures} failures");
return failures == 0 ? 0 : 1;

// on the pair each step, its moment in turn; on the one that has everything half of each method's first bulk request. Kills of sessions and saving are the same for all methods
static IEnumerable<(KillPoint Point, bool Finish)> Once(Script script) => script.Topology == "topology-full"
    ? script.Writes(false).Where(p => p.Moment == KillMoment.Half).Take(1).Select(p => (p, true))
    : new[] { false, true }.SelectMany(o => script.Writes(o).Where(p => p.Moment != KillMoment.Half && p.Node == 0 && p.After == 0 && p.Type is not ("vpnicaconnection" or "vpnpcoipconnection" or "rdpconnections") && (script.Method == IsolationMethod.Acl || p.Type is not ("aaasession" or "nsconfig")))
        .GroupBy(p => (p.Type, p.Action)).Select((g, i) => (g.ElementAt(i % g.Count()), !o && i % 2 == 0)));

static IEnumerable<(KillPoint Point, bool Finish)> All(Script script) => script.Writes(false).SelectMany(p => new[] { (p, false), (p, true) }).Concat(script.Writes(true).Select(p => (p, false)));

static IEnumerable<(KillPoint Point, bool Finish)> Every(Script script) => script.Every(false).Select(p => (p, p.After % 2 == 0)).Concat(script.Every(true).Select(p => (p, false)));
