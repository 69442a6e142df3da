package dev.heddle.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.Heddle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation of clients and services with a server, as `conversations.txt` says how to write
/// it.
///
/// @param place file and line, for messages
/// @param title what it shows
/// @param steps what happens, in order
public record Conversation(String place, String title, List<Step> steps) {
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)\\*(.)}");

    /// One line of a conversation.
    public record Step(String place, String text) {}

    /// The conversations of a file in the folder of resources.
    public static List<Conversation> read(String file) {
        return parse(file, text(file));
    }

    /// Those of a text.
    ///
    /// @param source what the text is called, for messages
    public static List<Conversation> parse(String source, String text) {
        List<Conversation> all = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            String place = source + ":" + ++number;
            if (line.startsWith("== ")) {
                all.add(new Conversation(place, line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                all.getLast().steps.add(new Step(place, repeat(line)));
            }
        }
        return all;
    }

    /// The same with other texts.
    public Conversation with(UnaryOperator<String> change) {
        List<Step> changed =
                steps.stream().map(step -> new Step(step.place, change.apply(step.text))).toList();
        return new Conversation(place, title, changed);
    }

    /// Holds it with a server where nobody is. Who has left has left for the server too before it
    /// goes on.
    public void hold(Heddle server) throws IOException {
        try (Parties parties = new Parties(server)) {
            for (Step step : steps) {
                try {
                    parties.carryOut(step.text);
                } catch (AssertionError wrong) {
                    throw new AssertionError(step.place + ": " + wrong.getMessage(), wrong);
                }
            }
            parties.requireNothing();
        }
    }

    @Override
    public String toString() {
        return title + " (" + place + ")";
    }

    private static String text(String file) {
        try (InputStream in = Conversation.class.getResourceAsStream("/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String repeat(String text) {
        return REPETITION
                .matcher(text)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        match.group(2).repeat(Integer.parseInt(match.group(1)))));
    }

    /// Those who hold one conversation.
    private static final class Parties implements AutoCloseable {
        private static final Pattern REQUEST =
                Pattern.compile("(GET|POST|PUT|DELETE|OPTIONS) (\\S+)(?: \\|(.*))?");
        private static final Pattern ANSWER = Pattern.compile("(\\d{3})(?: (.*))?");
        private static final Pattern CLIENT =
                Pattern.compile("(\\S+) (>b|>|<|logs in to|sees|is left alone|leaves)(?: (.*))?");
        private static final String FORM = "application/x-www-form-urlencoded";
        private static final Map<String, String> WILDCARDS =
                Map.of(
                        "{number}", "\\d+",
                        "{nanos}", "\\d{1,9}",
                        "{text}", "[^\"]*",
                        "{limits}", "\\{\"limits\":\\{[^}]*}}");

        private final Heddle server;
        private final ApiClient service;
        private final Map<String, AccClient> clients = new LinkedHashMap<>();
        private final Names names = new Names();
        private HttpAnswer answer = new HttpAnswer(0, List.of(), "no request");

        Parties(Heddle server) {
            this.server = server;
            this.service = new ApiClient(server.internalPort());
        }

        void carryOut(String step) throws IOException {
            Matcher request = REQUEST.matcher(names.fill(step));
            Matcher expected = ANSWER.matcher(step);
            Matcher client = CLIENT.matcher(step);
            if (request.matches()) {
                answer = ask(request);
            } else if (expected.matches()) {
                require(expected.group(1), Integer.toString(answer.status()));
                if (expected.group(2) != null) {
                    require(expected.group(2), ApiClient.text(answer));
                }
            } else if (client.matches()) {
                String text = client.group(3) == null ? "" : client.group(3);
                carryOut(client.group(1), client.group(2), text);
            } else if (!step.startsWith("original ")) { // and what Heddle answers comes next
                throw new AssertionError("no step: " + step);
            }
        }

        void requireNothing() throws IOException {
            for (AccClient client : clients.values()) {
                client.requireNothing();
            }
        }

        private HttpAnswer ask(MatchResult request) throws IOException {
            String method = request.group(1);
            String target = request.group(2);
            if (request.group(3) == null) {
                return service.ask(method, target);
            }
            String[] body = request.group(3).strip().split(" \\| ", 2);
            return body.length == 2
                    ? service.ask(method, target, body[0], body[1].replace("{CRLF}", "\r\n"))
                    : service.ask(method, target, FORM, body[0]);
        }

        private void carryOut(String name, String what, String text) throws IOException {
            switch (what) {
                case ">" -> client(name).send(names.fill(text));
                case ">b" -> client(name).sendBinary(text);
                case "logs in to" -> { // ROOM as USER
                    String[] words = text.split(" as ", 2);
                    String user = words[words.length - 1].equals(text) ? name : words[1];
                    int room = Integer.parseInt(words[0]);
                    clients.put(name, AccClient.login(server.port(), room, user));
                }
                case "sees" -> {
                    String[] words = text.split(" ", 2);
                    require(
                            """
                            {"seq":"{number}","cmd":"%s","response":{"code":200,"codeMsg":"Ok",\
                            "data":{"target":"","type":"text","msg":"{text}","from":"%s"}}}\
                            """
                                    .formatted(words[1], words[0]),
                            client(name).next());
                }
                case "is left alone" -> client(name).requireNothing();
                case "leaves" -> {
                    client(name).line().send(RawFrame.close(1000, ""));
                    client(name).line().expectClose(1000);
                    leave(name);
                }
                default -> {
                    if (text.startsWith("close ")) {
                        int code = Integer.parseInt(text.substring(6));
                        client(name).expectClose(code);
                        client(name).agree(code);
                        leave(name);
                    } else {
                        require(text, client(name).next());
                    }
                }
            }
        }

        private AccClient client(String name) throws IOException {
            AccClient there = clients.get(name);
            if (there == null) {
                there = AccClient.open(server.port());
                clients.put(name, there);
            }
            return there;
        }

        private void leave(String name) throws IOException {
            client(name).close();
            clients.remove(name);
            Soon.until(() -> server.connections() <= clients.size());
        }

        private void require(String expected, String text) {
            if (!names.matches(expected, text, WILDCARDS)) {
                throw new AssertionError(
                        "expected: %s%n but got: %s".formatted(names.fill(expected), text));
            }
        }

        @Override
        public void close() throws IOException {
            for (AccClient client : clients.values()) {
                client.close();
            }
        }
    }
}
