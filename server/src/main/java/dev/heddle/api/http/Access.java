package dev.heddle.api.http;

import dev.heddle.config.ApiSettings;
import dev.heddle.config.Kind;
import dev.heddle.config.OriginList;
import dev.heddle.http.Header;
import dev.heddle.http.Origin;
import dev.heddle.http.RequestHead;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides who may call the internal port.
///
/// With a key, every caller that knows it may. Without one, on loopback, every program on this
/// machine may, but not the web pages that a browser on it shows. A page sends its `Origin`, which
/// must be a configured one or the port's own; and one whose name an attacker's DNS points at
/// 127.0.0.1 (DNS rebinding) still sends that name as `Host`, which must be a loopback address.
/// Where a page cannot be told by its `Origin`, because it shows us as an image or in a frame, what
/// browsers say of themselves (Fetch Metadata) tells it: from elsewhere one may come by a link, for
/// a document of its own.
///
/// **Thread-safe.**
final class Access {
    static final String KEY_HEADER = "X-API-Key";
    private static final String BEARER = "Bearer ";
    private static final Pattern SIGNED_FOR_AWS =
            Pattern.compile("AWS4-HMAC-SHA256 +Credential=([^/, ]+)/");
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");
    private static final Set<String> LINK_METHODS = Set.of("GET", "HEAD");

    /// The headers of every answer that does not set them itself: no cache keeps it, no browser
    /// takes it for something else, and no page shows it in a frame.
    private static final Map<String, String> ALWAYS =
            Map.of(
                    "Cache-Control", "no-store",
                    "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY");

    private final byte @Nullable [] keyDigest;
    private final Set<String> origins;
    private final String methods;
    private final Counters counters;

    /// @param methods that there are on this port
    Access(ApiSettings settings, SortedSet<String> methods, Counters counters) {
        this.keyDigest = settings.apiKey().isSet() ? digest(settings.apiKey().text()) : null;
        this.origins = Set.copyOf(settings.allowOrigins());
        this.methods = String.join(", ", methods);
        this.counters = counters;
    }

    /// Lets the caller in.
    ///
    /// @throws Refusal if it may not call: 401, 403 or 421
    void require(RequestHead request) throws Refusal {
        requireHost(request);
        requireOrigin(request);
        requireSite(request);
        if (keyDigest != null && !MessageDigest.isEqual(keyDigest, digest(shownKey(request)))) {
            throw new Refusal(
                    ProblemType.KEY_NEEDED,
                    "send it as " + KEY_HEADER + " or as Authorization: Bearer",
                    Map.of("WWW-Authenticate", "Bearer realm=\"heddle\""));
        }
    }

    /// Whether a browser asks whether its page may call (a preflight of CORS).
    static boolean isPreflight(RequestHead request) {
        return request.method().equals("OPTIONS")
                && request.header(Header.ORIGIN) != null
                && request.header(Header.ACCESS_CONTROL_REQUEST_METHOD) != null;
    }

    /// Answers a browser that asks whether its page may call.
    ///
    /// @throws Refusal if pages of that origin may not call
    Answer preflight(RequestHead request) throws Refusal {
        requireHost(request);
        requireOrigin(request);
        return Answer.empty(
                Map.of(
                        "Access-Control-Allow-Methods",
                        methods,
                        "Access-Control-Allow-Headers",
                        "Content-Type, Authorization, " + KEY_HEADER,
                        "Access-Control-Max-Age",
                        "600"));
    }

    /// The answer with what all of them say.
    ///
    /// @param request what is answered; `null` if it was not understood
    Answer complete(Answer answer, @Nullable RequestHead request) {
        return answer.beside(shared(request)).beside(ALWAYS);
    }

    /// Headers that let a page of a configured origin read the answer.
    private Map<String, String> shared(@Nullable RequestHead request) {
        if (origins.isEmpty()) {
            return Map.of();
        }
        String origin = request == null ? null : request.header(Header.ORIGIN);
        return origin != null && origins.contains(Origin.normal(origin))
                ? Map.of(
                        "Vary",
                        "Origin",
                        "Access-Control-Allow-Origin",
                        origin,
                        "Access-Control-Expose-Headers",
                        InternalServer.SILENT)
                : Map.of("Vary", "Origin");
    }

    private void requireHost(RequestHead request) throws Refusal {
        String host = request.host();
        if (keyDigest == null && host != null && !Kind.isLoopback(host)) {
            throw new Refusal(
                    ProblemType.HOST_REFUSED,
                    "without an API key, Host must be localhost or a loopback address");
        }
    }

    private void requireOrigin(RequestHead request) throws Refusal {
        String sent = request.header(Header.ORIGIN);
        if (sent == null) {
            return;
        }
        String origin = Origin.normal(sent);
        boolean isOwn =
                origin.equals(Origin.normal("http://" + request.authority()))
                        || origin.equals(Origin.normal("https://" + request.authority()));
        if (!isOwn && !origins.contains(origin)) {
            String element = OriginList.elementFor(origin);
            if (element.equals(origin)) {
                counters.pageRefused("internal.allow-origin: \"" + origin + '"');
            }
            throw new Refusal(
                    ProblemType.ORIGIN_REFUSED, "internal.allow-origin names those that may");
        }
    }

    /// A page may ask for what it may not read, without an `Origin`: as an image, for example. What
    /// it makes the server do is done.
    private void requireSite(RequestHead request) throws Refusal {
        String site = String.valueOf(request.header(Header.SEC_FETCH_SITE));
        if (keyDigest == null
                && FOREIGN_SITES.contains(site)
                && !isLink(request)
                && request.header(Header.ORIGIN) == null) {
            throw new Refusal(ProblemType.ORIGIN_REFUSED, "pages of other sites may not call");
        }
    }

    /// Whether a browser follows a link to a document of its own, and not to a frame in a page.
    private static boolean isLink(RequestHead request) {
        return "navigate".equals(request.header(Header.SEC_FETCH_MODE))
                && "document".equals(request.header(Header.SEC_FETCH_DEST))
                && LINK_METHODS.contains(request.method());
    }

    /// The key that a request shows. Clients of AWS show it as the id of their own key.
    private static String shownKey(RequestHead request) {
        String key = request.header(Header.X_API_KEY);
        String authorization = String.valueOf(request.header(Header.AUTHORIZATION));
        if (key != null) {
            return key;
        }
        Matcher signed = SIGNED_FOR_AWS.matcher(authorization);
        if (signed.lookingAt()) {
            return signed.group(1);
        }
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length())
                : "";
    }

    /// Makes all keys equally long, so that comparing says nothing about the right one's length.
    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
