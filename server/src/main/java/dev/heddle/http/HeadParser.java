package dev.heddle.http;

import java.util.EnumMap;
import java.util.Map;

/// Parses one whole request head. Pure, linear, strict; every line is known to end with CRLF and to
/// hold no other control byte than a tab ([HeadScanner]).
final class HeadParser {
    private static final int VERSION_BYTES = "HTTP/1.1".length();

    private final byte[] bytes;
    private int at;
    private final Map<Header, String> values = new EnumMap<>(Header.class);

    HeadParser(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    RequestHead parse(int maxHeaders) throws BadRequest {
        int lineEnd = lineEnd();
        int methodEnd = indexOf(' ', at, lineEnd);
        int targetEnd = indexOf(' ', methodEnd + 1, lineEnd);
        checkToken(at, methodEnd);
        String method = RequestHead.latin1(bytes, at, methodEnd);
        Target target = Target.parse(bytes, methodEnd + 1, targetEnd);
        boolean isOld = checkVersion(targetEnd + 1, lineEnd);
        at = lineEnd + 2;
        int headers = 0;
        while ((lineEnd = lineEnd()) > at) {
            if (++headers > maxHeaders) {
                throw BadRequest.TOO_MANY_HEADERS;
            }
            header(lineEnd);
            at = lineEnd + 2;
        }
        checkHost(isOld);
        return new RequestHead(method, target, isOld, values);
    }

    private int lineEnd() {
        int i = at;
        while (bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private int indexOf(char wanted, int from, int to) throws BadRequest {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw BadRequest.SYNTAX;
    }

    private void checkToken(int from, int to) throws BadRequest {
        if (from == to) {
            throw BadRequest.SYNTAX;
        }
        for (int i = from; i < to; i++) {
            if (!HeadScanner.isTokenByte(bytes[i])) {
                throw BadRequest.SYNTAX;
            }
        }
    }

    /// @return whether it is HTTP/1.0
    private boolean checkVersion(int from, int to) throws BadRequest {
        if (to - from != VERSION_BYTES) {
            throw BadRequest.SYNTAX;
        }
        String version = RequestHead.latin1(bytes, from, to);
        boolean wellFormed =
                version.startsWith("HTTP/")
                        && isDigit(version.charAt(5))
                        && version.charAt(6) == '.'
                        && isDigit(version.charAt(7));
        if (!wellFormed) {
            throw BadRequest.SYNTAX;
        }
        boolean isOld = version.equals("HTTP/1.0");
        if (!isOld && !version.equals("HTTP/1.1")) {
            throw BadRequest.VERSION;
        }
        return isOld;
    }

    /// One header line. A line that begins with white space has no name, so folding is rejected
    /// too.
    private void header(int lineEnd) throws BadRequest {
        int colon = indexOf(':', at, lineEnd);
        checkToken(at, colon);
        Header header = Header.named(bytes, at, colon);
        if (header == null) {
            return;
        }
        int from = colon + 1;
        int to = lineEnd;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        String value = RequestHead.latin1(bytes, from, to);
        String before = values.get(header);
        if (before != null && !header.isList()) {
            throw BadRequest.REPEATED;
        }
        values.put(header, before == null ? value : before + header.separator() + value);
    }

    /// Every request of HTTP/1.1 has one, also beside a target that names the host.
    private void checkHost(boolean isOld) throws BadRequest {
        String host = values.get(Header.HOST);
        if (host == null ? !isOld : !Target.isAuthority(host)) {
            throw BadRequest.HOST;
        }
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
