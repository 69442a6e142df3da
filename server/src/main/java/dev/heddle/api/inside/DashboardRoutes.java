package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Route;
import dev.heddle.http.Response;
import dev.heddle.http.WebFiles;

import java.util.ArrayList;
import java.util.List;

/// `/`: the dashboard, a page that shows what `/debug` and `/metrics` tell.
///
/// Its files are the same for everybody and tell nothing, so they are open. Their content comes
/// from routes that are not open: the page asks for the key, and sends it.
final class DashboardRoutes {
    /// Only our own files, no inline script or style, no frame around us.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String PAGE = "index.html";

    /// Files under `/dashboard/`, there and in the jar.
    static final WebFiles FILES =
            new WebFiles(
                    "dashboard",
                    CONTENT_SECURITY_POLICY,
                    List.of(
                            "dashboard.css",
                            "tables.css",
                            "connections.js",
                            "dashboard.js",
                            "details.js",
                            "dom.js",
                            "format.js",
                            "history.js",
                            "measures.js",
                            "nodes.js",
                            "places.js",
                            "plots.js",
                            "recording.js",
                            "samples.js",
                            "server.js",
                            "stream.js",
                            "tail.js",
                            "tiles.js",
                            "uplot/uPlot.min.css",
                            "uplot/uPlot.iife.min.js",
                            "uplot/LICENSE"));

    private static final WebFiles SHARED =
            new WebFiles("client-html", CONTENT_SECURITY_POLICY, List.of("favicon.svg"));

    private DashboardRoutes() {}

    static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(route("/", FILES.response(PAGE)));
        SHARED.names().forEach(name -> routes.add(route("/" + name, SHARED.response(name))));
        FILES.names()
                .forEach(name -> routes.add(route("/dashboard/" + name, FILES.response(name))));
        return routes;
    }

    private static Route route(String path, Response file) {
        Answer answer = Answer.of(file);
        return Route.open(path, _ -> answer);
    }
}
