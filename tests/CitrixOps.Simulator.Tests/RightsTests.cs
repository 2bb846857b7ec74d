using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 10: command policies, decided on the command line that a request stands for.</summary>
public sealed class RightsTests() : SimulatorTest("clean-ha-131")
{
    [Theory]
    [InlineData("GET", "config/nsversion", null, "show ns version")]
    [InlineData("GET", "config/nshardware", null, "show ns hardware")]
    [InlineData("GET", "config/nsconfig", null, "show ns config")]
    [InlineData("GET", "config/nsrunningconfig", null, "show ns runningConfig")]
    [InlineData("GET", "config/nssavedconfig", null, "show ns savedConfig")]
    [InlineData("GET", "config/hanode", null, "show HA node")]
    [InlineData("GET", "stat/hanode", null, "stat HA node")]
    [InlineData("GET", "config/vpnvserver/gw_raadhuis", null, "show vpn vserver gw_raadhuis")]
    [InlineData("GET", "config/vpnvserver_binding/gw_raadhuis", null, "show vpn vserver gw_raadhuis")]
    [InlineData("GET", "config/systemsession", null, "show system session")]
    [InlineData("GET", "config/systemfile?args=filename:ns.log,filelocation:%2Fvar%2Flog", null, "show system file ns.log -fileLocation \"/var/log\"")]
    [InlineData("GET", "config/systemfile?args=filelocation:%2Fvar%2Flog", null, "show system file -fileLocation \"/var/log\"")]
    [InlineData("GET", "config/auditmessages?args=loglevel:ALL,numofmesgs:256", null, "show audit messages -logLevel ALL -numOfMesgs 256")]
    [InlineData("GET", "config/techsupport?args=scope:NODE", null, "show techsupport -scope NODE")]
    [InlineData("POST", "config/vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}", "disable vpn vserver gw_raadhuis")]
    [InlineData("POST", "config/service?action=disable", "{\"service\":{\"name\":\"svc_intranet\"}}", "disable service svc_intranet 0 -graceFul NO")]
    [InlineData("POST", "config/nsacl", "{\"nsacl\":{\"aclname\":\"COPS-D-gw1\",\"aclaction\":\"DENY\",\"destip\":true,\"destipop\":\"=\",\"destipval\":\"203.0.113.10\",\"priority\":\"510\"}}", "add ns acl COPS-D-gw1 DENY -priority 510 -destIP = 203.0.113.10")]
    [InlineData("DELETE", "config/nsacl/COPS-D-gw1", null, "rm ns acl COPS-D-gw1")]
    [InlineData("POST", "config/nsacls?action=apply", "{\"nsacls\":{}}", "apply ns acls")]
    [InlineData("POST", "config/nsacls?action=renumber", "{\"nsacls\":{}}", "renumber ns acls")]
    [InlineData("POST", "config/nssimpleacl?action=flush", "{\"nssimpleacl\":{\"estsessions\":true}}", "flush ns simpleacl -estSessions")]
    [InlineData("POST", "config/responderpolicy", "{\"responderpolicy\":{\"name\":\"p\",\"rule\":\"!CLIENT.IP.SRC.IN_SUBNET(10.0.0.0/8)\",\"action\":\"DROP\"}}", "add responder policy p \"!CLIENT.IP.SRC.IN_SUBNET(10.0.0.0/8)\" DROP")]
    [InlineData("PUT", "config/vpnvserver_responderpolicy_binding", "{\"vpnvserver_responderpolicy_binding\":{\"name\":\"gw_raadhuis\",\"bindpoint\":\"REQUEST\",\"priority\":1,\"policy\":\"p\"}}", "bind vpn vserver gw_raadhuis -policy p -priority 1 -type REQUEST")]
    [InlineData("DELETE", "config/vpnvserver_responderpolicy_binding/gw_raadhuis?args=bindpoint:REQUEST,policy:p", null, "unbind vpn vserver gw_raadhuis -policy p -type REQUEST")]
    [InlineData("POST", "config/lbvserver_responderpolicy_binding", "{\"lbvserver_responderpolicy_binding\":{\"name\":\"lb_portal\",\"priority\":1,\"policyname\":\"p\"}}", "bind lb vserver lb_portal -policyName p -priority 1")]
    [InlineData("POST", "config/responderglobal_responderpolicy_binding", "{\"responderglobal_responderpolicy_binding\":{\"policyname\":\"p\",\"priority\":10,\"gotopriorityexpression\":\"END\",\"type\":\"REQ_OVERRIDE\"}}", "bind responder global p 10 END -type REQ_OVERRIDE")]
    [InlineData("POST", "config/policydataset", "{\"policydataset\":{\"name\":\"d\",\"type\":\"ipv4\"}}", "add policy dataset d ipv4")]
    [InlineData("POST", "config/policydataset_value_binding", "{\"policydataset_value_binding\":{\"name\":\"d\",\"value\":\"10.0.0.0\",\"endrange\":\"10.255.255.255\"}}", "bind policy dataset d 10.0.0.0 -endRange 10.255.255.255")]
    [InlineData("POST", "config/aaasession?action=kill", "{\"aaasession\":{\"all\":true}}", "kill aaa session -all")]
    [InlineData("POST", "config/vpnicaconnection?action=kill", "{\"vpnicaconnection\":{\"all\":true}}", "kill vpn icaConnection -all")]
    [InlineData("POST", "config/vpnpcoipconnection?action=kill", "{\"vpnpcoipconnection\":{\"all\":true}}", "kill vpn pcoipConnection -all")]
    [InlineData("POST", "config/rdpconnections?action=kill", "{\"rdpconnections\":{\"all\":true}}", "kill rdp connections -all")]
    [InlineData("POST", "config/lbpersistentsessions?action=clear", "{\"lbpersistentsessions\":{\"vserver\":\"lb_portal\"}}", "clear lb persistentSessions lb_portal")]
    [InlineData("POST", "config/systemsession?action=kill", "{\"systemsession\":{\"sid\":3}}", "kill system session 3")]
    [InlineData("POST", "config/nsconfig?action=save", "{\"nsconfig\":{}}", "save ns config")]
    [InlineData("POST", "config/hafailover?action=Force", "{\"hafailover\":{\"force\":true}}", "force HA failover -force")]
    [InlineData("POST", "config/hafiles?action=sync", "{\"hafiles\":{\"mode\":[\"all\"]}}", "sync HA files all")]
    [InlineData("POST", "config/nsfeature?action=enable", "{\"nsfeature\":{\"feature\":[\"RESPONDER\"]}}", "enable ns feature RESPONDER")]
    [InlineData("POST", "config/nspartition?action=Switch", "{\"nspartition\":{\"partitionname\":\"Sociaal\"}}", "switch ns partition Sociaal")]
    [InlineData("POST", "config/systembackup?action=create", "{\"systembackup\":{\"filename\":\"f\",\"level\":\"basic\"}}", "create system backup f -level basic")]
    [InlineData("POST", "config/reboot", "{\"reboot\":{\"warm\":true}}", "reboot -warm")]
    [InlineData("POST", "config/nsip?action=disable", "{\"nsip\":{\"ipaddress\":\"203.0.113.10\"}}", "disable ns ip 203.0.113.10")]
    [InlineData("POST", "config/lbvserver?action=unset", "{\"lbvserver\":{\"name\":\"lb_portal\",\"comment\":\"\"}}", "unset lb vserver lb_portal -comment")]
    [InlineData("POST", "config/lbvserver?action=rename", "{\"lbvserver\":{\"name\":\"lb_portal\",\"newname\":\"b\"}}", "rename lb vserver lb_portal b")]
    public async Task A_denial_echoes_the_command(string method, string path, string? body, string command)
    {
        // an account with no policy may do nothing
        await Done(Wire.Post("systemuser", "{\"systemuser\":{\"username\":\"nobody\",\"password\":\"Nobody-123\"}}"), 201);
        var reply = await (await new Wire(Node).Login("nobody", "Nobody-123")).Send(method, path, body);

        Assert.Equal(("403 Forbidden", 2138, $"Not authorized to execute this command [{command}]"), (reply.Line, reply.Code, reply.Message));
        Assert.Contains("CMD_EXECUTED", Node.ReadText("/var/log/ns.log"));
        Assert.Contains($"Command \"{command.Replace("\"", "\\\"", System.StringComparison.Ordinal)}\" - Status \"ERROR: Not authorized", Node.ReadText("/var/log/ns.log"));
    }

    [Theory]
    [InlineData("nsversion", true)]
    [InlineData("vpnvserver", true)]
    [InlineData("stat/vpnvserver", true)]
    [InlineData("systemsession", false)]
    [InlineData("nsrunningconfig", false)]
    [InlineData("nssavedconfig", false)]
    [InlineData("auditmessages", false)]
    [InlineData("techsupport?args=scope:NODE", false)]
    [InlineData("systemfile?args=filelocation:%2Fvar%2Flog", false)]
    public async Task Read_only_reads_the_configuration_but_no_logs(string path, bool allowed) => Assert.Equal(allowed ? 200 : 403, (await (await new Wire(Node).Login("watcher", "Look-only-2")).Get(path)).Status);

    [Fact]
    public async Task The_lowest_priority_that_fits_decides_and_groups_count()
    {
        await Done(Wire.Post("systemuser", "{\"systemuser\":{\"username\":\"tool\",\"password\":\"Tool-12345\"}}"), 201);
        await Done(Wire.Post("systemgroup", "{\"systemgroup\":{\"groupname\":\"g\"}}"), 201);
        await Done(Wire.Post("systemgroup_systemuser_binding", "{\"systemgroup_systemuser_binding\":{\"groupname\":\"g\",\"username\":\"tool\"}}"));
        await Done(Wire.Post("systemgroup_systemcmdpolicy_binding", "{\"systemgroup_systemcmdpolicy_binding\":{\"groupname\":\"g\",\"policyname\":\"superuser\",\"priority\":100}}"));
        await Done(Wire.Post("systemcmdpolicy", "{\"systemcmdpolicy\":{\"policyname\":\"no-gw\",\"action\":\"DENY\",\"cmdspec\":\"^(ENABLE|disable) vpn vserver\"}}"), 201);
        await Done(Wire.Post("systemuser_systemcmdpolicy_binding", "{\"systemuser_systemcmdpolicy_binding\":{\"username\":\"tool\",\"policyname\":\"no-gw\",\"priority\":10}}"));
        var wire = await new Wire(Node).Login("tool", "Tool-12345");

        Assert.Equal(2138, (await wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}")).Code);
        Assert.Equal(0, (await wire.Post("lbvserver?action=disable", "{\"lbvserver\":{\"name\":\"lb_portal\"}}")).Code);
    }

    [Fact]
    public async Task Reading_is_writing_and_secrets_stay_out_of_logs()
    {
        var before = Node.LogLinesAdded;
        await Wire.Get("nsversion");
        Assert.Equal(before + 2, Node.LogLinesAdded);
        await Done(Wire.Post("systemuser", "{\"systemuser\":{\"username\":\"x\",\"password\":\"Secret-123\"}}"), 201);
        Assert.All(Node.Files().Where(f => f.StartsWith("/var/log/", System.StringComparison.Ordinal)), f => Assert.DoesNotContain("Secret-123", Node.ReadText(f)));
        Assert.DoesNotContain("Secret-123", Node.RunningConfiguration);
        Assert.Contains("\"GET /nitro/v1/config/nsversion HTTP/1.1\" 200", Node.ReadText("/var/log/httpaccess.log"));
    }
}
