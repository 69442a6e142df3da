package dev.heddle.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files for browsers, in a folder of the jar, as responses.
///
/// @param folder in the jar
/// @param contentSecurityPolicy what pages among the files may do
/// @param names of the files, with the folders within this one that they are in
public record WebFiles(String folder, String contentSecurityPolicy, List<String> names) {
    private static final Map<String, String> CONTENT_TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    /// A file of the folder.
    public Response response(String name) {
        return response(name, read(name));
    }

    /// A file of the folder, with another text than the jar has.
    public Response response(String name, String text) {
        return response(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The text of a file of the folder.
    public String text(String name) {
        return new String(read(name), StandardCharsets.UTF_8);
    }

    private Response response(String name, byte[] content) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Content-Type", CONTENT_TYPES.getOrDefault(ending, "text/plain; charset=utf-8"));
        headers.put("Content-Security-Policy", contentSecurityPolicy);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cache-Control", "no-cache");
        return new Response(Status.OK, headers, content);
    }

    private byte[] read(String name) {
        String path = "/" + folder + "/" + name;
        try (InputStream in = WebFiles.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + path);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
