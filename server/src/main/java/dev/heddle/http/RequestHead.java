package dev.heddle.http;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request's method, target and the headers that matter, found to obey the rules of HTTP/1.1, or
/// of HTTP/1.0.
///
/// Immutable. Source: RFC 9112, sections 2 to 6; where a recipient may repair, this one rejects.
public final class RequestHead {
    /// The length of a body that comes in chunks.
    public static final long CHUNKED = -1;

    private static final int MAX_LENGTH_DIGITS = 18;

    private final String method;
    private final Target target;
    private final boolean isOld;
    private final Map<Header, String> values;

    /// @param isOld whether the request is one of HTTP/1.0
    RequestHead(String method, Target target, boolean isOld, Map<Header, String> values) {
        this.method = method;
        this.target = target;
        this.isOld = isOld;
        this.values = values;
    }

    /// The method, as sent.
    public String method() {
        return method;
    }

    /// The target's path, as sent: not percent-decoded.
    public String path() {
        return target.path();
    }

    /// The target's query, as sent, or `null` when it has none.
    public @Nullable String query() {
        return target.query();
    }

    /// The host, and the port if it is named, that the request is for: what its target says, and
    /// otherwise its `Host` (RFC 9112, section 3.2.2). Only a request of HTTP/1.0 may have none:
    /// `null`.
    public @Nullable String authority() {
        return target.authority() == null ? values.get(Header.HOST) : target.authority();
    }

    /// The host of [#authority] in lower case, without port and brackets; `null` if there is none.
    public @Nullable String host() {
        String authority = authority();
        return authority == null ? null : Target.host(authority);
    }

    /// Whether the request is one of HTTP/1.0, which knows neither upgrades nor chunks.
    public boolean isOld() {
        return isOld;
    }

    /// The client's wish for the connection once the request is answered.
    public Persistence persistence() {
        if (hasToken(Header.CONNECTION, "close")) {
            return Persistence.CLOSED;
        }
        if (!isOld) {
            return Persistence.KEPT;
        }
        return hasToken(Header.CONNECTION, "keep-alive")
                ? Persistence.KEPT_AS_ASKED
                : Persistence.CLOSED;
    }

    /// Whether the client sends the body only once it is told to go on (RFC 9110, section 10.1.1).
    public boolean expectsContinue() {
        return !isOld && hasToken(Header.EXPECT, "100-continue");
    }

    /// How many bytes of a body follow the head; [#CHUNKED] if they come in chunks.
    ///
    /// @throws BadRequest if that cannot be said for sure
    public long bodyBytes() throws BadRequest {
        String coding = values.get(Header.TRANSFER_ENCODING);
        String length = values.get(Header.CONTENT_LENGTH);
        if (coding != null) {
            return codedBytes(coding, length);
        }
        if (length == null) {
            return 0;
        }
        if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw BadRequest.LENGTH;
        }
        return length.length() > MAX_LENGTH_DIGITS ? Long.MAX_VALUE : Long.parseLong(length);
    }

    private long codedBytes(String coding, @Nullable String length) throws BadRequest {
        if (isOld || length != null) {
            throw BadRequest.LENGTH;
        }
        if (coding.equalsIgnoreCase("chunked")) {
            return CHUNKED;
        }
        boolean endsUnknown =
                hasToken(Header.TRANSFER_ENCODING, "chunked") && !isChunkedLast(coding);
        throw endsUnknown ? BadRequest.LENGTH : BadRequest.CODING;
    }

    private static boolean isChunkedLast(String coding) {
        return coding.substring(coding.lastIndexOf(',') + 1).strip().equalsIgnoreCase("chunked");
    }

    /// Insists that the target does not name the byte 0, for which no file's name has a place.
    ///
    /// @throws BadRequest if it does
    public void requireNoNul() throws BadRequest {
        if (target.hasNul()) {
            throw BadRequest.TARGET;
        }
    }

    /// Insists that no body follows.
    ///
    /// @throws BadRequest if one does, or a length or coding is named that is none
    public void requireNoBody() throws BadRequest {
        String length = values.get(Header.CONTENT_LENGTH);
        if (values.containsKey(Header.TRANSFER_ENCODING) || length != null && !length.equals("0")) {
            throw BadRequest.BODY;
        }
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

    /// The elements of a header that is a comma-separated list of tokens, as sent; empty ones are
    /// passed over (RFC 9110, section 5.6.1). None if the request has no such header.
    ///
    /// @return nothing if one of them is no token
    public Optional<List<String>> tokens(Header header) {
        String value = values.get(header);
        if (value == null) {
            return Optional.of(List.of());
        }
        List<String> tokens = new ArrayList<>();
        for (String element : value.split(",", -1)) {
            String bare = element.strip();
            if (!bare.chars().allMatch(c -> HeadScanner.isTokenByte((byte) c))) {
                return Optional.empty();
            }
            if (!bare.isEmpty()) {
                tokens.add(bare);
            }
        }
        return Optional.of(tokens);
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
