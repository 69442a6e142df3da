package dev.heddle.conformance;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A column that says how a request differs from a valid opening handshake, understood.
final class RequestNotation {
    private static final Pattern EDIT =
            Pattern.compile(
                    "(?<verb>method|target|version|line|first|ends|before|body|raw|pad|-|"
                            + "(?:\\d+\\*)?\\+) (?<rest>.+)|(?<name>[A-Za-z-]+): ?(?<value>.*)");
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+K?)\\*([^}]+)}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|.)");

    private final String host;
    private final List<String> values = new ArrayList<>();
    private final List<String> headers = new ArrayList<>();
    private String method = "GET";
    private String target = "/echo";
    private String version = "HTTP/1.1";
    private @Nullable String line;
    private @Nullable String raw;
    private String ends = "\r\n";
    private String before = "";
    private String body = "";
    private int pad;

    private RequestNotation(String host, List<String> validHeaders) {
        this.host = host;
        headers.addAll(validHeaders);
    }

    /// Understands a column; the request goes to `host` and begins as one with these headers.
    static RequestNotation parse(String column, String host, List<String> validHeaders) {
        RequestNotation request = new RequestNotation(host, validHeaders);
        for (String edit : column.split(" && ", -1)) {
            request.apply(edit.strip());
        }
        return request;
    }

    /// What the changes have put in, so that a test can see to it that it does not come back.
    List<String> values() {
        return values;
    }

    String method() {
        return method;
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String text() {
        if (raw != null) {
            return raw;
        }
        String requestLine = line == null ? method + " " + target + " " + version : line;
        StringBuilder head = new StringBuilder(requestLine).append(ends);
        headers.forEach(header -> head.append(header).append(ends));
        if (pad > 0) {
            String name = "X-Pad: ";
            int missing = pad - head.length() - name.length() - 2 * ends.length();
            head.append(name).append("x".repeat(missing)).append(ends);
        }
        return before + head + ends + body;
    }

    private void apply(String edit) {
        Matcher parts = EDIT.matcher(edit);
        if (!parts.matches()) {
            throw new TableException("no change of a request: " + edit);
        }
        if (parts.group("name") != null) {
            set(parts.group("name"), bytes(parts.group("value")));
            return;
        }
        String verb = parts.group("verb");
        String rest = bytes(parts.group("rest"));
        switch (verb) {
            case "method" -> method = rest;
            case "target" -> target = note(rest);
            case "version" -> version = note(rest);
            case "line" -> line = note(rest);
            case "first" -> headers.addFirst(note(rest));
            case "ends" -> ends = rest;
            case "before" -> before = rest;
            case "body" -> body = note(rest);
            case "raw" -> raw = note(rest);
            case "pad" -> pad = Math.toIntExact(Payload.number(rest));
            case "-" -> remove(rest);
            default -> add(verb, rest);
        }
    }

    private void set(String name, String value) {
        String text = name + ": " + note(value);
        int at = 0;
        while (at < headers.size() && !isNamed(headers.get(at), name)) {
            at++;
        }
        if (at < headers.size()) {
            headers.set(at, text);
        } else {
            headers.add(text);
        }
    }

    private void add(String verb, String text) {
        int times = verb.equals("+") ? 1 : Integer.parseInt(verb.substring(0, verb.length() - 2));
        note(text);
        for (int i = 1; i <= times; i++) {
            headers.add(text.replace("{i}", "" + i));
        }
    }

    private void remove(String name) {
        if (!headers.removeIf(header -> isNamed(header, name))) {
            throw new TableException("no header " + name + " to remove");
        }
    }

    private static boolean isNamed(String header, String name) {
        return header.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    private String note(String value) {
        values.add(value);
        return value;
    }

    /// Text with its repetitions, escapes and places filled in; each character is a byte.
    private String bytes(String notation) {
        String placed =
                notation.replace("{host}", host)
                        .replace("{port}", host.substring(host.indexOf(':') + 1));
        String repeated =
                REPETITION
                        .matcher(placed)
                        .replaceAll(match -> Matcher.quoteReplacement(repetition(match)));
        return ESCAPE.matcher(repeated)
                .replaceAll(match -> Matcher.quoteReplacement(escaped(match.group(1))));
    }

    private static String repetition(MatchResult match) {
        return match.group(2).repeat(Math.toIntExact(Payload.number(match.group(1))));
    }

    private static String escaped(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 's' -> " ";
            case '0' -> "\0";
            case '\\' -> "\\";
            case 'x' -> "" + (char) Integer.parseInt(escape.substring(1), 16);
            default -> throw new TableException("no escape: \\" + escape);
        };
    }
}
