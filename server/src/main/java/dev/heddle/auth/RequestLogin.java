package dev.heddle.auth;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/// The login that comes with a request for a WebSocket, and is decided before there is one: a token
/// in `Authorization: Bearer`, or in the query for browsers, which cannot send headers with it.
///
/// **Thread-safe.** A token in a query may stand in the logs of proxies; here nobody logs a query.
public final class RequestLogin {
    private static final String SCHEME = "Bearer ";
    private static final String PARAMETER = "token=";
    private static final String CHALLENGE = "Bearer realm=\"heddle\"";

    private final TokenLogin tokens;

    /// @param tokens whom it believes
    public RequestLogin(TokenLogin tokens) {
        this.tokens = tokens;
        Counters.expect(tokens.counters().handshakesRejectedByReason(), Refusal.allWords());
    }

    /// Decides about a request. May block, see [TokenVerifier].
    public Verdict decide(RequestHead head) {
        return tokens.verify(token(head), "");
    }

    /// The response to a client whose token is refused.
    public static Response answer(Refusal reason) {
        return switch (reason) {
            case KEYS_UNAVAILABLE -> Response.text(Status.SERVICE_UNAVAILABLE, reason.words());
            case MISSING -> unauthorized(reason, CHALLENGE);
            default -> unauthorized(reason, CHALLENGE + ", error=\"invalid_token\"");
        };
    }

    /// RFC 6750, section 3.
    private static Response unauthorized(Refusal reason, String challenge) {
        return Response.text(Status.UNAUTHORIZED, reason.words())
                .with("WWW-Authenticate", challenge);
    }

    /// The token that a request shows; empty if there is none. The header goes first; another
    /// scheme in it may be meant for a proxy.
    private static String token(RequestHead head) {
        String authorization = head.header(Header.AUTHORIZATION);
        return authorization != null
                        && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? authorization.substring(SCHEME.length()).strip()
                : ofQuery(head.query());
    }

    private static String ofQuery(@Nullable String query) {
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                String decoded = URLDecoder.decode(pair, StandardCharsets.UTF_8);
                if (decoded.startsWith(PARAMETER)) {
                    return decoded.substring(PARAMETER.length());
                }
            }
        }
        return "";
    }
}
