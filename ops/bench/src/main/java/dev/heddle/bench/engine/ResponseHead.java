package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The head of an HTTP response. Pure.
///
/// @param lines the status line and the headers
/// @param bytes how long it was, its empty line included
record ResponseHead(List<String> lines, int bytes) {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    /// The head that begins at `from`; null when its end is not there yet.
    static @Nullable ResponseHead decode(byte[] bytes, int from, int to) {
        for (int at = from; at + END.length <= to; at++) {
            if (Arrays.equals(bytes, at, at + END.length, END, 0, END.length)) {
                String head = new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
                return new ResponseHead(List.of(head.split("\r\n", -1)), at + END.length - from);
            }
        }
        return null;
    }

    String statusLine() {
        return lines.getFirst();
    }

    /// The status; 0 when the line has none.
    int status() {
        String line = statusLine();
        boolean isHttp = line.matches("HTTP/1\\.[01] \\d{3}( .*)?");
        return isHttp ? Integer.parseInt(line.substring(9, 12)) : 0;
    }

    /// Whether another head follows: of an answer that is on its way (RFC 9110 section 15.2), and
    /// not the last one of this protocol.
    boolean isInterim() {
        return status() / 100 == 1 && status() != SWITCHING_PROTOCOLS;
    }

    /// The first header of that name; null when there is none.
    @Nullable String header(String name) {
        return headers(name).findFirst().orElse(null);
    }

    private Stream<String> headers(String name) {
        return lines.stream()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip());
    }

    /// Whether the header's list of tokens, which may be in several lines, has this one.
    boolean hasToken(String name, String token) {
        return headers(name)
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .anyMatch(t -> t.strip().equalsIgnoreCase(token));
    }
}
