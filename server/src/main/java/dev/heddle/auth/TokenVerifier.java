package dev.heddle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;
import dev.heddle.config.TokenSettings;

import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Verifies tokens. **Thread-safe.**
///
/// Blocks only where keys have to be fetched first: for some seconds at most, and as a rule not at
/// all (see [TokenKeys]).
public final class TokenVerifier implements AutoCloseable {
    /// Characters of a token, which is not looked at beyond them.
    public static final int MAX_CHARS = 8 << 10;

    /// The types that a token may state (RFC 8725 section 3.11): none, a JWT, or an access token
    /// (RFC 9068). A token for logging out, say, is none for logging in.
    private static final Set<JOSEObjectType> TYPES =
            Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    /// Three parts in base64url (RFC 7515 section 7.1). The library passes over other characters,
    /// so that a token could be written in many ways.
    private static final Pattern COMPACT =
            Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]*+");

    private final TokenSettings settings;
    private final TokenKeys keys;
    private final InstantSource clock;

    /// @param keys belong to the verifier from now on
    TokenVerifier(TokenSettings settings, TokenKeys keys, InstantSource clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /// A verifier for these settings. Blocks while it loads the keys; those that have to be fetched
    /// may still be missing afterwards, and then nobody is believed.
    ///
    /// @param settings which must have keys
    /// @throws KeyFault if the operator has to mend something
    public static TokenVerifier open(TokenSettings settings) throws KeyFault {
        TokenKeys keys = new TokenKeys(KeySource.of(settings), TokenKeys.Freshness.USUAL);
        return new TokenVerifier(settings, keys, InstantSource.system());
    }

    /// Verifies a token.
    ///
    /// @param token anything; empty is no token
    /// @param user whose it should be; empty if that does not matter
    public Verdict verify(String token, String user) {
        if (token.isEmpty()) {
            return new Refused(Refusal.MISSING);
        }
        if (token.length() > MAX_CHARS) {
            return new Refused(Refusal.TOO_LONG);
        }
        if (!COMPACT.matcher(token).matches()) {
            return new Refused(Refusal.MALFORMED);
        }
        try {
            return JOSEObject.parse(token) instanceof JWSObject signed
                    ? verify(signed, user)
                    : new Refused(Refusal.ALGORITHM);
        } catch (ParseException | RuntimeException garbled) {
            return new Refused(Refusal.MALFORMED);
        }
    }

    private Verdict verify(JWSObject token, String user) {
        if (!isCanonical(token.getSignature())) {
            return new Refused(Refusal.MALFORMED);
        }
        JWSHeader header = token.getHeader();
        if (header.getType() != null && !TYPES.contains(header.getType())) {
            return new Refused(Refusal.TYPE);
        }
        Optional<SignatureAlgorithm> algorithm = SignatureAlgorithm.named(header.getAlgorithm());
        if (algorithm.isEmpty() || header.getCriticalParams() != null) {
            return new Refused(Refusal.ALGORITHM);
        }
        return signatureFault(token, algorithm.get())
                .<Verdict>map(Refused::new)
                .orElseGet(() -> verifyClaims(token, user));
    }

    /// Whether the signature is written as its bytes must be, without spare bits that are set (RFC
    /// 4648 section 3.5). The signature itself holds how the other parts are written.
    private static boolean isCanonical(Base64URL signature) {
        return Base64URL.encode(signature.decode()).equals(signature);
    }

    private Optional<Refusal> signatureFault(JWSObject token, SignatureAlgorithm algorithm) {
        Optional<List<JWK>> known = keys.candidates(token.getHeader(), algorithm);
        if (known.isEmpty()) {
            return Optional.of(Refusal.KEYS_UNAVAILABLE);
        }
        List<JWK> candidates = known.get();
        if (candidates.isEmpty()) {
            return Optional.of(Refusal.UNKNOWN_KEY);
        }
        return candidates.stream().anyMatch(key -> isSignedWith(key, algorithm, token))
                ? Optional.empty()
                : Optional.of(Refusal.SIGNATURE);
    }

    private static boolean isSignedWith(JWK key, SignatureAlgorithm algorithm, JWSObject token) {
        try {
            return token.verify(algorithm.verifier(key));
        } catch (JOSEException unfit) {
            return false;
        }
    }

    private Verdict verifyClaims(JWSObject token, String user) {
        Claims claims;
        try {
            claims = Claims.of(token.getPayload().toJSONObject());
        } catch (ParseException malformed) {
            return new Refused(Refusal.CLAIMS);
        }
        return fault(claims, user)
                .<Verdict>map(Refused::new)
                .orElseGet(
                        () ->
                                new Accepted(
                                        claims.subject().orElseThrow(),
                                        claims.expires().map(this::withLeeway),
                                        claims.rooms().orElse(Set.of()),
                                        claims.channels(),
                                        claims.info()));
    }

    private Optional<Refusal> fault(Claims claims, String user) {
        Instant now = clock.instant();
        Refusal fault = null;
        if (claims.expires().isEmpty() && settings.requireExpiry()) {
            fault = Refusal.NO_EXPIRY;
        } else if (claims.expires().filter(end -> !withLeeway(end).isAfter(now)).isPresent()) {
            fault = Refusal.EXPIRED;
        } else if (claims.notBefore().filter(now.plus(settings.leeway())::isBefore).isPresent()) {
            fault = Refusal.NOT_YET_VALID;
        } else if (!settings.audience().isEmpty()
                && Collections.disjoint(settings.audience(), claims.audience())) {
            fault = Refusal.AUDIENCE;
        } else if (!settings.issuer().isEmpty()
                && claims.issuer().filter(settings.issuer()::equals).isEmpty()) {
            fault = Refusal.ISSUER;
        } else if (claims.subject().isEmpty()) {
            fault = Refusal.NO_SUBJECT;
        } else if (!user.isEmpty() && claims.subject().filter(user::equals).isEmpty()) {
            fault = Refusal.OTHER_USER;
        } else if (claims.rooms().filter(Set::isEmpty).isPresent()) {
            fault = Refusal.NO_ROOM;
        }
        return Optional.ofNullable(fault);
    }

    private Instant withLeeway(Instant end) {
        return end.plus(settings.leeway());
    }

    /// Lets go of the keys and of what loads them.
    @Override
    public void close() {
        keys.close();
    }
}
