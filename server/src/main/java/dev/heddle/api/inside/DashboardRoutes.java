package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Route;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `/`: the dashboard, a page that shows what `/debug` and `/metrics` tell.
///
/// Its files are the same for everybody and tell nothing, so they are open. What they show comes
/// from routes that are not: the page asks for the key, and sends it.
final class DashboardRoutes {
    /// Only our own files, no inline script or style, no frame around us.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// Files under `/dashboard/`, there and in the jar.
    private static final List<String> FILES =
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
                    "uplot/LICENSE");

    private static final Map<String, String> CONTENT_TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private DashboardRoutes() {}

    static List<Route> routes() {
        return Stream.concat(
                        Stream.of(
                                route("/", "/dashboard/index.html"),
                                route("/favicon.svg", "/client-html/favicon.svg")),
                        FILES.stream()
                                .map(file -> route("/dashboard/" + file, "/dashboard/" + file)))
                .toList();
    }

    private static Route route(String path, String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        CONTENT_TYPES.getOrDefault(ending, "text/plain; charset=utf-8"),
                        "Content-Security-Policy",
                        CONTENT_SECURITY_POLICY,
                        "Referrer-Policy",
                        "no-referrer",
                        "Cache-Control",
                        "no-cache");
        Answer answer = new Answer(200, headers, new Answer.Body.Whole(read(file)));
        return Route.open(path, _ -> answer);
    }

    private static byte[] read(String file) {
        try (InputStream in = DashboardRoutes.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + file);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
