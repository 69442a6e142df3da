package dev.heddle.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks an internal port, each time on a connection of its own.
public record ApiClient(int port) {
    /// What a request gets that has these header lines beside `Host`, unless one of them is that.
    public HttpAnswer ask(String method, String target, List<String> headers, byte... body)
            throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            List<String> lines = new ArrayList<>(headers);
            if (headers.stream().noneMatch(line -> line.startsWith("Host:"))) {
                lines.add("Host: " + client.host());
            }
            if (body.length > 0 || method.equals("POST")) {
                lines.add("Content-Length: " + body.length);
            }
            client.send(RawClient.request(method + " " + target + " HTTP/1.1", lines));
            client.send(body);
            return client.readAnswer(method);
        }
    }

    public HttpAnswer ask(String method, String target, String contentType, String body)
            throws IOException {
        return ask(
                method,
                target,
                List.of("Content-Type: " + contentType),
                body.getBytes(StandardCharsets.UTF_8));
    }

    public HttpAnswer ask(String method, String target) throws IOException {
        return ask(method, target, List.of());
    }

    /// The body of an answer, which is UTF-8.
    public static String text(HttpAnswer answer) {
        byte[] bytes = answer.body().getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
