package dev.heddle.api;

import com.sun.net.httpserver.Headers;

import dev.heddle.config.ApiSettings;
import dev.heddle.config.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may call the internal port.
///
/// With a key: who knows it. Without one, on loopback: whoever runs on this machine, but not the
/// web pages that a browser on it shows. A page sends its `Origin`, which must be a configured one
/// or the port's own; and one whose name an attacker's DNS points at 127.0.0.1 (DNS rebinding)
/// still sends that name as `Host`, which must be a loopback address.
///
/// **Thread-safe.**
final class Access {
    static final String KEY_HEADER = "X-API-Key";
    private static final String BEARER = "Bearer ";
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

    private final byte @Nullable [] keyDigest;
    private final Set<String> origins;

    Access(ApiSettings settings) {
        this.keyDigest = settings.apiKey().isSet() ? digest(settings.apiKey().text()) : null;
        this.origins = Set.copyOf(settings.allowOrigins());
    }

    /// Lets the caller in.
    ///
    /// @throws Refusal if it may not call: 401, 403 or 421
    void require(Headers request) throws Refusal {
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
    static boolean isPreflight(String method, Headers request) {
        return method.equals("OPTIONS")
                && request.containsKey("Origin")
                && request.containsKey("Access-Control-Request-Method");
    }

    /// What a browser is told when it asks.
    ///
    /// @throws Refusal if pages of that origin may not call
    Answer preflight(Headers request) throws Refusal {
        requireHost(request);
        requireOrigin(request);
        return Answer.empty(
                Map.of(
                        "Access-Control-Allow-Methods", "GET, POST, DELETE",
                        "Access-Control-Allow-Headers",
                                "Content-Type, Authorization, " + KEY_HEADER,
                        "Access-Control-Max-Age", "600"));
    }

    /// Tells a browser that a page of a configured origin may read the answer.
    void share(Headers request, Headers response) {
        if (!origins.isEmpty()) {
            response.set("Vary", "Origin");
            String origin = request.getFirst("Origin");
            if (origin != null && origins.contains(origin)) {
                response.set("Access-Control-Allow-Origin", origin);
            }
        }
    }

    private void requireHost(Headers request) throws Refusal {
        String host = request.getFirst("Host");
        if (keyDigest == null && host != null && !Kind.isLoopback(withoutPort(host))) {
            throw new Refusal(
                    ProblemType.HOST_REFUSED,
                    "without an API key, Host must be localhost or a loopback address");
        }
    }

    private void requireOrigin(Headers request) throws Refusal {
        String host = String.valueOf(request.getFirst("Host"));
        List<String> own = List.of("http://" + host, "https://" + host);
        for (String origin : request.getOrDefault("Origin", List.of())) {
            if (!origins.contains(origin) && !own.contains(origin)) {
                throw new Refusal(
                        ProblemType.ORIGIN_REFUSED, "internal.allow-origin names those that may");
            }
        }
    }

    /// A page may ask for what it may not read, without an `Origin`: as an image, for example. What
    /// it makes the server do is done.
    private void requireSite(Headers request) throws Refusal {
        String site = String.valueOf(request.getFirst("Sec-Fetch-Site"));
        boolean isLink = "navigate".equals(request.getFirst("Sec-Fetch-Mode"));
        if (keyDigest == null
                && FOREIGN_SITES.contains(site)
                && !isLink
                && !request.containsKey("Origin")) {
            throw new Refusal(ProblemType.ORIGIN_REFUSED, "pages of other sites may not ask");
        }
    }

    private static String withoutPort(String authority) {
        String host = authority.replaceFirst(":[0-9]*$", "");
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return isBracketed ? host.substring(1, host.length() - 1) : host;
    }

    private static String shownKey(Headers request) {
        String key = request.getFirst(KEY_HEADER);
        String authorization = request.getFirst("Authorization");
        if (key == null
                && authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length());
        }
        return key == null ? "" : key;
    }

    /// Equally long for all keys, so that comparing says nothing about the right one's length.
    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
