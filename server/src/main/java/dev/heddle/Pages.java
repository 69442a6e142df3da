package dev.heddle;

import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.net.Route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The files that the browser gets, read once from the jar.
final class Pages {
    /// Only our own files, no inline script or style, no frame around us.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'; object-src 'none'";

    private static final List<String> FILES =
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
                    "examples/prices.js");

    private static final Map<String, String> CONTENT_TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private Pages() {}

    /// A route per file; `/` for the page of rooms, which is also where gowebsocket has its page,
    /// one folder further down; and `/hub` for the page of the raw hub.
    static Map<String, Route> routes() throws IOException {
        Map<String, Route> routes = new LinkedHashMap<>();
        for (String file : FILES) {
            routes.put("/" + file, page(file, read(file)));
        }
        String rooms = "index.html";
        byte[] inFolder =
                new String(read(rooms), StandardCharsets.UTF_8)
                        .replace("\"./", "\"../")
                        .getBytes(StandardCharsets.UTF_8);
        routes.put("/", page(rooms, read(rooms)));
        routes.put("/home/index", page(rooms, inFolder));
        routes.put("/hub", page("hub.html", read("hub.html")));
        return routes;
    }

    /// An example that says how to ring its bell: through the internal port of this server.
    ///
    /// @param internal host and port, which are known when somebody asks
    static Route bell(Supplier<String> internal) throws IOException {
        String file = "examples/bell.html";
        String page = new String(read(file), StandardCharsets.UTF_8);
        return new Route.Action(
                () ->
                        response(
                                file,
                                page.replace("127.0.0.1:8081", internal.get())
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static Route page(String file, byte[] content) {
        return new Route.Page(response(file, content));
    }

    private static Response response(String file, byte[] content) {
        String ending = file.substring(file.lastIndexOf('.') + 1);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", CONTENT_TYPES.getOrDefault(ending, "application/octet-stream"));
        headers.put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-cache");
        return new Response(Status.OK, headers, content);
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = Pages.class.getResourceAsStream("/client-html/" + file)) {
            if (in == null) {
                throw new IOException("the jar lacks client-html/" + file);
            }
            return in.readAllBytes();
        }
    }
}
