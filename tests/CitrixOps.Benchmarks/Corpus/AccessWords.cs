using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>What an ordinary httpaccess.log is made of.</summary>
internal static class AccessWords
{
    /// <summary>Browsers and clients.</summary>
    public static byte[][] Agents { get; } = Bytes(
        Enumerable.Range(70, 24).Select(v => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.{v * 47}.{v} Safari/537.36")
        .Concat(Enumerable.Range(70, 12).Select(v => $"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{v}.0) Gecko/20100101 Firefox/{v}.0"))
        .Concat(Enumerable.Range(11, 6).Select(v => $"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_{v}_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{v}.0.4 Safari/605.1.15"))
        .Concat(Enumerable.Range(9, 6).Select(v => $"Mozilla/5.0 (iPhone; CPU iPhone OS {v}_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{v}.0 Mobile/15E148 Safari/604.1"))
        .Concat(["Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "CitrixReceiver/19.12.0.23 Windows/10.0 SelfService/19.12.0.23 (Release)", "CitrixReceiver/20.2.0 iOS/13.3 (iPhone11,2) CWACapable", "CitrixReceiver Android/10 CWACapable", "-"]));

    /// <summary>Pages a visit starts with, and what they load.</summary>
    public static Request[][] Visits { get; } =
    [
        Page("GET /vpn/index.html", "/vpn/", "js/gateway_login_view.js", "js/gateway_login_form_view.js", "resources.js?v=#", "media/citrixwatermark.png", "images/AccessGateway.ico", "js/rdx/core/css/rdx.css?v=#", "js/rdx/core/lang/rdx_nl.json.gz", "js/rdx.js?v=#", "pluginlist.xml", "nsshare.js"),
        Page("GET /logon/LogonPoint/index.html", "/logon/LogonPoint/", "receiver/js/ctxs.core.min.js?v=#", "receiver/js/ctxs.webui.min.js?v=#", "receiver/css/ctxs.large-ui.min.css?v=#", "custom/strings.nl.js", "custom/style.css", "custom/script.js", "receiver/images/common/loader.gif", "plugins/ns-gateway/ns-nfactor.js", "Home/Configuration", "receiver/js/localization/nl/ctxs.strings.js?v=#"),
        [new Request("POST /cgi/login", 302, 0), new Request("GET /cgi/setclient?wica", 200, 0), new Request("GET /Citrix/StoreWeb/", 200, 40), new Request("POST /Citrix/StoreWeb/Home/Configuration", 200, 0), new Request("POST /Citrix/StoreWeb/Resources/List", 200, 0), new Request("GET /Citrix/StoreWeb/Resources/Icon/@?size=128", 200, 60), new Request("GET /Citrix/StoreWeb/Resources/Icon/@?size=128", 200, 60), new Request("GET /Citrix/StoreWeb/Resources/Icon/@?size=128", 200, 60), new Request("GET /Citrix/StoreWeb/Resources/Icon/@?size=128", 200, 60)],
        [new Request("POST /nf/auth/getAuthenticationRequirements.do", 200, 0), new Request("POST /nf/auth/doAuthentication.do", 200, 0), new Request("GET /logon/themes/Default/css/base.css", 200, 50), new Request("GET /logon/themes/RfWebUI/receiver/images/1x/CitrixStoreFront_auth.png", 200, 50)],
        [new Request("POST /Citrix/StoreWeb/Resources/GetLaunchStatus/@", 200, 0), new Request("GET /Citrix/StoreWeb/Resources/LaunchIca/@.ica?CsrfToken=@&IsUsingHttps=Yes", 200, 0)],
        [new Request("POST /Citrix/StoreWeb/Sessions/ListAvailable", 200, 0), new Request("GET /Citrix/StoreWeb/Resources/Icon/@?size=64", 200, 70), new Request("POST /Citrix/StoreWeb/Home/KeepAlive", 200, 0), new Request("POST /Citrix/StoreWeb/Home/KeepAlive", 200, 0), new Request("POST /Citrix/StoreWeb/Home/KeepAlive", 200, 0)],
        [new Request("GET /Citrix/StoreWeb/search?q=~", 200, 0), new Request("GET /documenten/~.pdf", 200, 20), new Request("GET /cvpn/https/intranet.gemeente.example/~/index.aspx", 200, 0)],
        [new Request("GET /favicon.ico", 200, 30), new Request("GET /robots.txt", 404, 0)],
        [new Request("GET /vpn/images/none#.png", 404, 0)],
        [new Request("GET /epa/epa.html", 200, 10), new Request("GET /epa/scripts/win/nsepa_setup.exe", 200, 0)],
        [new Request("GET /vpn/index.html", 200, 0), new Request("HEAD /vpn/index.html", 200, 0)],
    ];

    /// <summary>How often each visit is, out of all together.</summary>
    public static int[] Weights { get; } = [30, 30, 9, 6, 14, 20, 12, 4, 1, 2, 6];

    /// <summary>Where requests come from.</summary>
    public static byte[][] Referers { get; } = Bytes(["-", "-", "https://gw.gemeente.example/vpn/index.html", "https://gw.gemeente.example/logon/LogonPoint/index.html", "https://gw.gemeente.example/Citrix/StoreWeb/", "https://gw.gemeente.example/vpn/js/rdx/core/css/rdx.css?v=77", "https://www.example.org/search?q=thuis%20werken"]);

    /// <summary>Words of people: with blanks and in UTF-8, encoded as browsers do.</summary>
    public static byte[][] Texts { get; } = Bytes(["Microsoft%20Word", "Jaarverslag%202019%20-%20gemeente", "notulen%20raad%2012%20januari", "caf%C3%A9", "Zo%C3%AB%20de%20Vries", "kantoor+plan", "Excel", "begroting%20%28concept%29", "ma%C3%AEtre", "%E2%82%AC%20overzicht", "planning.2020", "SAP%20GUI", "personeel%20%26%20organisatie"]);

    private static Request[] Page(string page, string folder, params string[] parts) =>
        [new Request(page, 200, 20), .. parts.Select(p => new Request("GET " + folder + p, 200, 45))];

    private static byte[][] Bytes(IEnumerable<string> texts) => texts.Select(Encoding.UTF8.GetBytes).ToArray();
}
