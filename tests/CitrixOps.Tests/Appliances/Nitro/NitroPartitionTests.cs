using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Simulator.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Appliances.Nitro;

/// <summary>A session in a partition: nothing is asked of it before it is there, whatever happens on the way.</summary>
public sealed class NitroPartitionTests : LivePair
{
    private static readonly NitroCall Add = NitroCall.Add("server", new JObject { ["name"] = "within", ["ipaddress"] = "192.0.2.9" });

    [Fact]
    public async Task Calls_at_once_all_work_in_the_partition()
    {
        var asked = new ConcurrentQueue<string>();
        Host.Executed = e => asked.Enqueue(e.Type);
        var way = new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(2), Type = "nspartition" };
        First.Faults.Add(way);
        using var connection = Connection(Options with { Partition = "Sociaal" });

        var first = connection.OpenAsync(CancellationToken.None);
        while (way.Seen == 0)
        {
            await Task.Delay(5);
        }

        var others = Enumerable.Range(0, 4).Select(_ => connection.SendAsync(NitroCall.Get("server"), CancellationToken.None)).Append(connection.SendAsync(Add, CancellationToken.None)).ToArray();
        await Task.WhenAll(others.Append(first));

        Assert.Equal(["login", "nspartition"], asked.Take(2));
        Assert.Contains(First.Objects("server", "Sociaal"), s => s["name"] == "within");
        Assert.DoesNotContain(First.Objects("server"), s => s["name"] == "within");
    }

    [Theory]
    [InlineData(FaultKind.LoseResponse, 0)]
    [InlineData(FaultKind.Refuse, 0)]
    [InlineData(FaultKind.ErrorCode, 257)]
    public async Task One_that_did_not_get_there_works_nowhere(FaultKind kind, int code)
    {
        First.Faults.Add(new Fault { Kind = kind, Code = code, Type = "nspartition", Times = 0 });
        using var connection = Connection(Options with { Partition = "Sociaal" });
        await Assert.ThrowsAsync<NitroException>(() => connection.SendAsync(Add, CancellationToken.None));
        Assert.Equal(0, First.OpenSessions);

        await Assert.ThrowsAsync<NitroException>(() => connection.SendAsync(Add, CancellationToken.None));
        Assert.DoesNotContain(First.Objects("server"), s => s["name"] == "within");

        First.Faults.Clear();
        await connection.SendAsync(Add, CancellationToken.None);
        Assert.Contains(First.Objects("server", "Sociaal"), s => s["name"] == "within");
    }

    [Fact]
    public async Task A_lost_answer_on_the_way_is_asked_for_again()
    {
        First.Faults.Add(new Fault { Kind = FaultKind.LoseResponse, Type = "nspartition" });
        using var connection = Connection(Options with { Partition = "Sociaal" });

        await connection.SendAsync(Add, CancellationToken.None);

        Assert.Contains(First.Objects("server", "Sociaal"), s => s["name"] == "within");
        Assert.Equal(1, First.Counters.Of("POST login"));
    }
}
