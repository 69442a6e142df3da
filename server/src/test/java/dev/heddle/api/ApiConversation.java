package dev.heddle.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.Heddle;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.Names;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation with a server, as `api/gowebsocket.txt` says how to write it.
///
/// @param title what it shows
/// @param steps one line each
public record ApiConversation(String title, List<String> steps) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Map<String, String> WILDCARDS =
            Map.of("{number}", "\\d+", "{text}", "[^\"]*");
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)\\*(.)}");
    private static final Pattern REQUEST =
            Pattern.compile("(GET|POST|PUT|DELETE|OPTIONS) (\\S+)(?: \\|(.*))?");
    private static final Pattern ANSWER = Pattern.compile("(\\d{3})(?: (.*))?");

    @Override
    public String toString() {
        return title;
    }

    /// All conversations of a file.
    public static List<ApiConversation> read(String file) throws IOException {
        List<ApiConversation> conversations = new ArrayList<>();
        try (InputStream in = ApiConversation.class.getResourceAsStream("/api/" + file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                if (line.startsWith("== ")) {
                    conversations.add(new ApiConversation(line.substring(3), new ArrayList<>()));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    conversations.getLast().steps().add(line.strip());
                }
            }
        }
        return conversations;
    }

    /// Holds it with a server where nobody is.
    public void hold(Heddle server) throws IOException {
        Map<String, AccClient> clients = new LinkedHashMap<>();
        Names names = new Names();
        try {
            HttpAnswer answer = null;
            for (String step : steps) {
                Matcher request = REQUEST.matcher(names.fill(step));
                Matcher expected = ANSWER.matcher(step);
                if (request.matches()) {
                    answer = ask(new ApiClient(server.internalPort()), request.toMatchResult());
                } else if (expected.matches()) {
                    requireAnswer(
                            expected.toMatchResult(), Objects.requireNonNull(answer), step, names);
                } else {
                    carryOut(step, server.port(), clients, names);
                }
            }
            for (AccClient client : clients.values()) {
                client.requireNothing();
            }
        } finally {
            for (AccClient client : clients.values()) {
                client.close();
            }
        }
    }

    private static HttpAnswer ask(ApiClient port, MatchResult request) throws IOException {
        String method = request.group(1);
        String target = repeat(request.group(2));
        if (request.group(3) == null) {
            return port.ask(method, target);
        }
        String[] body = request.group(3).strip().split(" \\| ", 2);
        return body.length == 2
                ? port.ask(method, target, body[0], body[1].replace("{CRLF}", "\r\n"))
                : port.ask(method, target, FORM, repeat(body[0]));
    }

    private static void requireAnswer(
            MatchResult expected, HttpAnswer answer, String step, Names names) {
        assertEquals(expected.group(1), Integer.toString(answer.status()), step);
        if (expected.group(2) != null) {
            requireText(expected.group(2), ApiClient.text(answer), names);
        }
    }

    private static void carryOut(String step, int port, Map<String, AccClient> clients, Names names)
            throws IOException {
        String[] words = step.split(" ", -1);
        String name = words[0];
        if (name.equals("original")) { // and what Heddle answers comes next
            return;
        }
        switch (words[1]) {
            case "opens" -> clients.put(name, AccClient.open(port));
            case "logs" -> { // in to ROOM as USER
                String user = words.length > 5 ? words[6] : name;
                clients.put(name, AccClient.login(port, Integer.parseInt(words[4]), user));
            }
            case "sees" ->
                    requireText(
                            """
                            {"seq":"{number}","cmd":"%s","response":{"code":200,"codeMsg":"Ok",\
                            "data":{"target":"","type":"text","msg":"{text}","from":"%s"}}}\
                            """
                                    .formatted(words[3], words[2]),
                            client(clients, name).next(),
                            names);
            case "<" -> {
                if (words[2].equals("close")) {
                    client(clients, name).expectClose(Integer.parseInt(words[3]));
                    leave(clients, name);
                } else {
                    String text = repeat(text(step));
                    requireText(text, client(clients, name).next(), names);
                }
            }
            case ">" -> client(clients, name).send(repeat(names.fill(text(step))));
            case ">b" -> client(clients, name).sendBinary(text(step));
            case "is" -> client(clients, name).requireNothing(); // left alone
            case "leaves" -> leave(clients, name);
            default -> throw new AssertionError("no step: " + step);
        }
    }

    private static String text(String step) {
        String[] parts = step.split(" ", 3);
        return parts.length < 3 ? "" : parts[2];
    }

    private static void leave(Map<String, AccClient> clients, String name) throws IOException {
        client(clients, name).close();
        clients.remove(name);
    }

    private static AccClient client(Map<String, AccClient> clients, String name) {
        return Objects.requireNonNull(clients.get(name), name);
    }

    private static String repeat(String text) {
        return REPETITION
                .matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        match.group(2).repeat(Integer.parseInt(match.group(1)))));
    }

    private static void requireText(String expected, String text, Names names) {
        if (!names.matches(expected, text, WILDCARDS)) {
            assertEquals(names.fill(expected), text);
        }
    }
}
