using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Acceptance.Tests;

/// <summary>A console that ends without Disconnect-Gateway leaves no session of an administrator on the appliance.</summary>
public sealed class SessionEndTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_the_process_logs_out(bool legacy)
    {
        await using var host = await SimulatorHost.Start("clean-ha-131");
        var pins = string.Join(",", host.Nodes.Select(n => $"'{n.Thumbprint}'"));
        var result = await Task.Run(() => ConsoleProcess.Command(
            $"$secret = [Security.SecureString]::new(); '{host.Password}'.ToCharArray() | ForEach-Object {{ $secret.AppendChar($_) }}; " +
            $"$gw = Connect-Gateway {host.Nodes[0].Uri} -Credential ([pscredential]::new('{host.User}', $secret)) -ServerCertificateSha256 {pins}; $gw.IsConnected",
            legacy));

        Assert.Equal("", result.Error);
        Assert.Contains("True", result.Output);
        Assert.Equal(2, host.Nodes.Sum(n => n.SessionsOpened));
        Assert.Equal(0, host.Nodes.Sum(n => n.OpenSessions));
    }
}
