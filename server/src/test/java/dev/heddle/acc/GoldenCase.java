package dev.heddle.acc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final Pattern NAME = Pattern.compile("\\{([A-Z][a-z]*)}");
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

    /// Plays it.
    void play(int port) throws IOException {
        Map<String, RawClient> clients = new LinkedHashMap<>();
        Map<String, String> known = new HashMap<>();
        try {
            for (Line line : lines) {
                RawClient client = clients.get(line.who);
                if (client == null) {
                    client = RawClient.open(port, "/acc");
                    clients.put(line.who, client);
                }
                if (play(line, client, known)) {
                    clients.remove(line.who);
                    client.close();
                }
            }
            for (RawClient client : clients.values()) {
                client.send(RawFrame.text(LAST));
                expect(client, "\\{\"seq\":\"last\",.*\"pong\"}}", "nothing more at " + place);
            }
        } finally {
            for (RawClient client : clients.values()) {
                client.close();
            }
        }
    }

    /// @param known what the names in braces stand for
    /// @return whether the client is gone
    private static boolean play(Line line, RawClient client, Map<String, String> known)
            throws IOException {
        switch (line.what) {
            case ">" -> client.send(RawFrame.text(filled(line.text, known)));
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
                expectAndLearn(line, client, known);
            }
            default -> {
                client.send(RawFrame.close(1000, ""));
                client.expectClose(1000);
                return true;
            }
        }
        return false;
    }

    private static void expectAndLearn(Line line, RawClient client, Map<String, String> known)
            throws IOException {
        Set<String> unknown = new LinkedHashSet<>();
        String text = filled(line.text, known);
        String pattern = Pattern.quote(text).replace("{nanos}", "\\E\\d{1,9}\\Q");
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            String name = names.group(1);
            String form = unknown.add(name) ? "(?<" + name + ">[^\"{},]+)" : "\\k<" + name + ">";
            pattern =
                    pattern.replaceFirst(
                            "\\{" + name + "}", Matcher.quoteReplacement("\\E" + form + "\\Q"));
        }
        Matcher got = expect(client, pattern, line.place + ": " + text);
        unknown.forEach(name -> known.put(name, got.group(name)));
    }

    private static String filled(String text, Map<String, String> known) {
        return NAME.matcher(text)
                .replaceAll(
                        name ->
                                Matcher.quoteReplacement(
                                        known.getOrDefault(name.group(1), name.group())));
    }

    private static Matcher expect(RawClient client, String pattern, String what)
            throws IOException {
        RawFrame frame = client.readFrame();
        Matcher matcher =
                Pattern.compile(pattern)
                        .matcher(frame.opcode() == RawFrame.TEXT ? frame.text() : "");
        if (!matcher.matches()) {
            throw client.failure(
                    "expected "
                            + what
                            + "\n     but got "
                            + (frame.opcode() == RawFrame.TEXT ? frame.text() : frame));
        }
        return matcher;
    }

    @Override
    public String toString() {
        return title + " (" + place + ")";
    }
}
