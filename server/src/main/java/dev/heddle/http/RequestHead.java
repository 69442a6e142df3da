package dev.heddle.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request's method, path and the headers that matter, found to obey the rules of HTTP/1.1.
///
/// Immutable. Source: RFC 9112, sections 2 to 6; where a recipient may repair, this one rejects.
public final class RequestHead {
    private final String method;
    private final String path;
    private final Map<Header, String> values;

    RequestHead(String method, String path, Map<Header, String> values) {
        this.method = method;
        this.path = path;
        this.values = values;
    }

    /// The method, as sent.
    public String method() {
        return method;
    }

    /// The target up to its query, as sent: not percent-decoded.
    public String path() {
        return path;
    }

    /// The header's value without surrounding white space, or `null` when the request has none.
    public @Nullable String header(Header header) {
        return values.get(header);
    }

    /// Whether a header that is a comma-separated list has this token, in any case.
    public boolean hasToken(Header header, String token) {
        String value = values.get(header);
        if (value == null) {
            return false;
        }
        for (int from = 0; from <= value.length(); ) {
            int comma = value.indexOf(',', from);
            int to = comma < 0 ? value.length() : comma;
            if (value.substring(from, to).strip().equalsIgnoreCase(token)) {
                return true;
            }
            from = to + 1;
        }
        return false;
    }

    /// Parses the head that begins at `from` and whose empty line is known to be there. Pure.
    ///
    /// @throws BadRequest when it breaks a rule
    static RequestHead parse(byte[] bytes, int from, int maxHeaders) throws BadRequest {
        return new HeadParser(bytes, from).parse(maxHeaders);
    }

    static String latin1(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
