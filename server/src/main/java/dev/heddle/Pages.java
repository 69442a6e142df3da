package dev.heddle;

import dev.heddle.http.WebFiles;
import dev.heddle.net.Route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The files that the browser gets, read once from the jar.
final class Pages {
    /// The file of [#bell].
    static final String BELL = "examples/bell.html";

    /// Only our own files, no inline script or style, no frame around us.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'; object-src 'none'";

    /// The folder of the pages, without the example that [#bell] makes.
    static final WebFiles FILES =
            new WebFiles(
                    "client-html",
                    CONTENT_SECURITY_POLICY,
                    List.of(
                            "index.html",
                            "hub.html",
                            "chat.css",
                            "loom.css",
                            "log.css",
                            "im.css",
                            "im.js",
                            "conversation.js",
                            "heddle.js",
                            "hub.js",
                            "log.js",
                            "loom.js",
                            "message.js",
                            "name.js",
                            "notice.js",
                            "place.js",
                            "room.js",
                            "session.js",
                            "side.js",
                            "storage.js",
                            "user.js",
                            "who.js",
                            "favicon.svg",
                            "examples/bell.js",
                            "examples/chat.html",
                            "examples/chat.js",
                            "examples/example.css",
                            "examples/prices.html",
                            "examples/prices.js"));

    private Pages() {}

    /// A route per file; `/` for the page of rooms, which is also where gowebsocket has its page,
    /// one folder further down; and `/hub` for the page of the raw hub.
    static Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>();
        for (String file : FILES.names()) {
            routes.put("/" + file, new Route.Page(FILES.response(file)));
        }
        String rooms = "index.html";
        String inFolder = FILES.text(rooms).replace("\"./", "\"../");
        routes.put("/", new Route.Page(FILES.response(rooms)));
        routes.put("/home/index", new Route.Page(FILES.response(rooms, inFolder)));
        routes.put("/hub", new Route.Page(FILES.response("hub.html")));
        return routes;
    }

    /// An example that says how to ring its bell: through the internal port of this server.
    ///
    /// @param internal host and port, which are known when somebody asks
    static Route bell(Supplier<String> internal) {
        String page = FILES.text(BELL);
        return new Route.Action(
                () -> FILES.response(BELL, page.replace("127.0.0.1:8081", internal.get())));
    }
}
