using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Planning;
using CitrixOps.KillMatrix;

if (args is ["--child", ..])
{
    return await Scene.AsChild(args);
}

// --once: each step once per method, as CI does it; without it every topology, method and request, before and after it is executed, finished and undone
var once = args is ["--once", ..];
string[] topologies = args.Skip(once ? 1 : 0).ToArray() is { Length: > 0 } named ? named : once ? ["topology-ha"] : ["topology-plain", "topology-ha"];
var failures = 0;
var played = 0;
foreach (var topology in topologies)
{
    foreach (var method in new[] { IsolationMethod.Acl, IsolationMethod.VirtualServer, IsolationMethod.Responder, IsolationMethod.VipAddress })
    {
        foreach (var (point, finish) in once ? Once(method) : All(method))
        {
            var wrong = await Scene.Play(topology, method, point, finish);
            played++;
            failures += wrong is null ? 0 : 1;
            Console.WriteLine($"{(wrong is null ? "ok  " : "FAIL")} {topology} {method} {(finish ? "finished" : "undone")} {point} {wrong}");
        }
    }
}

Console.WriteLine($"{played} scenes, {failures} failures");
return failures == 0 ? 0 : 1;

static IEnumerable<(KillPoint Point, bool Finish)> Once(IsolationMethod method) => Scene.Writes(method).Where(w => w.Type is not ("aaasession" or "nsconfig") || method == IsolationMethod.Acl)
    .Select((w, i) => (new KillPoint(w.Method, w.Type, w.Action, i % 2 == 1, false), i % 2 == 0))
    .Concat(Scene.Reopenings(method).Take(method == IsolationMethod.Acl ? 2 : 0).Select((w, i) => (new KillPoint(w.Method, w.Type, w.Action, i % 2 == 1, true), false)));

static IEnumerable<(KillPoint Point, bool Finish)> All(IsolationMethod method) => Scene.Writes(method).SelectMany(w => new[] { false, true }.SelectMany(e => new[] { false, true }.Select(f => (new KillPoint(w.Method, w.Type, w.Action, e, false), f))))
    .Concat(Scene.Reopenings(method).SelectMany(w => new[] { false, true }.Select(e => (new KillPoint(w.Method, w.Type, w.Action, e, true), false))));
