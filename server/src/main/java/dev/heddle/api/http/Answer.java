package dev.heddle.api.http;

import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.json.Json;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The answer to one request.
///
/// @param status of HTTP
/// @param headers beside those of every answer
/// @param body what follows the head
public record Answer(int status, Map<String, String> headers, Body body) {

    /// The part of an answer that follows its head.
    public sealed interface Body {

        /// The whole body; **not copied**, to be read only.
        record Whole(byte[] bytes) implements Body {}

        /// A body that is made while it is sent. The peer is gone when writing throws.
        ///
        /// @param writer blocks for as long as there is something to say
        record Streamed(Writer writer) implements Body {}
    }

    /// Makes a body while it is sent, on the request's thread.
    public interface Writer extends Closeable {
        void writeTo(OutputStream out) throws IOException;

        /// Frees what the body holds; called once, also when nothing was written.
        @Override
        default void close() throws IOException {}
    }

    private static final String CONTENT_TYPE = "Content-Type";

    /// An answer with the status, the headers and the body of a response.
    public static Answer of(Response response) {
        return new Answer(
                response.status().code(), response.headers(), new Body.Whole(response.body()));
    }

    /// An answer whose body is a value in JSON.
    public static Answer json(Object value) {
        return ok("application/json", Json.write(value));
    }

    /// An answer whose body is a line of plain text.
    public static Answer text(int status, String line) {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return new Answer(
                status, Map.of(CONTENT_TYPE, "text/plain; charset=utf-8"), new Body.Whole(body));
    }

    public static Answer ok(String contentType, byte[] body) {
        return new Answer(200, Map.of(CONTENT_TYPE, contentType), new Body.Whole(body));
    }

    /// An answer whose body is made while it is sent.
    public static Answer stream(String contentType, Writer writer) {
        return new Answer(200, Map.of(CONTENT_TYPE, contentType), new Body.Streamed(writer));
    }

    /// An answer that says "done", and nothing else.
    public static Answer empty() {
        return empty(Map.of());
    }

    /// An answer that says "done" with these headers, and has no body.
    static Answer empty(Map<String, String> headers) {
        return new Answer(204, headers, new Body.Whole(new byte[0]));
    }

    static Answer problem(Problem problem, Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(CONTENT_TYPE, "application/problem+json");
        return new Answer(problem.status(), all, new Body.Whole(Json.write(problem)));
    }

    /// The answer that another node has put into these words.
    public static Answer of(List<String> words) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 2; i + 1 < words.size(); i += 2) {
            headers.put(words.get(i), words.get(i + 1));
        }
        byte[] body = Base64.getDecoder().decode(words.get(1));
        return new Answer(Integer.parseInt(words.get(0)), headers, new Body.Whole(body));
    }

    /// The words from which another node makes the answer.
    ///
    /// @throws IllegalStateException if its body is made while it is sent
    public List<String> words() {
        if (!(body instanceof Body.Whole(byte[] bytes))) {
            throw new IllegalStateException("a stream");
        }
        List<String> words = new ArrayList<>();
        words.add(Integer.toString(status));
        words.add(Base64.getEncoder().encodeToString(bytes));
        headers.forEach((name, value) -> words.addAll(List.of(name, value)));
        return words;
    }

    /// The same answer with these headers beside its own, which win.
    Answer beside(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(others);
        all.putAll(headers);
        return new Answer(status, all, body);
    }

    /// The status as HTTP has it.
    Status line() {
        return Status.of(status);
    }
}
