package dev.heddle.acc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.Heddle;
import dev.heddle.support.Names;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A conversation of some clients with `/acc`, as `commands.txt` explains.
///
/// @param place file and line, for messages
/// @param title what it is about
/// @param lines what happens
record GoldenCase(String place, String title, List<Line> lines) {
    private static final Pattern LINE =
            Pattern.compile("(?<who>[a-z]+) (?<what>>b|>|<|leaves)(?: (?<text>.*))?");
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)\\*(.)}");
    private static final Map<String, String> WILDCARDS =
            Map.of("{nanos}", "\\d{1,9}", "{any}", ".*");

    /// What [LimitsTest] is about.
    private static final Pattern LIMITS =
            Pattern.compile("(?<=\"codeMsg\":\"Success\",\"data\":)\\{\"limits\":\\{[^}]*}}");

    private static final String LAST_ANSWER = "{\"seq\":\"last\",{any}\"pong\"}}";
    private static final String LAST = "{\"seq\":\"last\",\"cmd\":\"ping\"}";

    /// One line of a case.
    record Line(String place, String who, String what, String text) {}

    /// The cases of a file in the folder of conversations.
    static List<GoldenCase> read(String file) {
        List<GoldenCase> cases = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            String place = file + ":" + ++number;
            if (line.startsWith("== ")) {
                cases.add(new GoldenCase(place, line.substring(3), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                Matcher parts = LINE.matcher(line);
                if (!parts.matches() || cases.isEmpty()) {
                    throw new IllegalArgumentException(place + " is no line of a case: " + line);
                }
                String text = parts.group("text");
                cases.getLast()
                        .lines
                        .add(
                                new Line(
                                        place,
                                        parts.group("who"),
                                        parts.group("what"),
                                        repeat(text == null ? "" : text)));
            }
        }
        return cases;
    }

    private static String text(String file) {
        try (InputStream in = GoldenCase.class.getResourceAsStream("/acc/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("no conversations " + file);
            }
            return new String(in.readAllBytes(), UTF_8);
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

    /// Plays it. Who has left has left for the server too before it goes on.
    void play(Heddle server) throws IOException {
        Map<String, RawClient> clients = new LinkedHashMap<>();
        Names names = new Names();
        try {
            for (Line line : lines) {
                RawClient client = clients.get(line.who);
                if (client == null) {
                    client = RawClient.open(server.port(), "/acc");
                    clients.put(line.who, client);
                }
                if (play(line, client, names)) {
                    clients.remove(line.who);
                    client.close();
                    Soon.until(() -> server.connections() <= clients.size());
                }
            }
            for (RawClient client : clients.values()) {
                client.send(RawFrame.text(LAST));
                expect(client, LAST_ANSWER, names, "nothing more at " + place);
            }
        } finally {
            for (RawClient client : clients.values()) {
                client.close();
            }
        }
    }

    /// @return whether the client is gone
    private static boolean play(Line line, RawClient client, Names names) throws IOException {
        switch (line.what) {
            case ">" -> client.send(RawFrame.text(names.fill(line.text)));
            case ">b" -> client.send(RawFrame.binary(line.text.getBytes(UTF_8)));
            case "<" -> {
                if (line.text.startsWith("close ")) {
                    int code = Integer.parseInt(line.text.substring(6));
                    RawFrame close = client.readFrame();
                    if (close.opcode() != RawFrame.CLOSE || close.closeCode() != code) {
                        throw client.failure(line.place + ": " + close);
                    }
                    client.send(RawFrame.close(code, ""));
                    client.expectEnd();
                    return true;
                }
                expect(client, line.text, names, line.place);
            }
            default -> {
                client.send(RawFrame.close(1000, ""));
                client.expectClose(1000);
                return true;
            }
        }
        return false;
    }

    private static void expect(RawClient client, String text, Names names, String what)
            throws IOException {
        RawFrame frame = client.readFrame();
        boolean isText = frame.opcode() == RawFrame.TEXT;
        String got = isText ? LIMITS.matcher(frame.text()).replaceFirst("null") : "";
        if (!isText || !names.matches(text, got, WILDCARDS)) {
            throw client.failure(
                    "expected %s: %s%n     but got %s"
                            .formatted(what, names.fill(text), isText ? got : frame));
        }
    }

    @Override
    public String toString() {
        return title + " (" + place + ")";
    }
}
