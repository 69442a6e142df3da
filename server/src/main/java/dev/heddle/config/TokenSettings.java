package dev.heddle.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Whom a login believes. At most one of the first five says where the keys are; with none of them
/// login is open: everybody is who they say they are.
///
/// @param secret the secret of HS256, UTF-8; empty if none
/// @param secretFile a file that holds nothing else; empty if none
/// @param key keys as text, PEM, JWK or JWKS; empty if none
/// @param keyFile a file of such keys; empty if none
/// @param jwksUrl where a JWKS is fetched from; empty if none
/// @param audience of which a token must name one; empty if `aud` does not matter
/// @param issuer that a token must name; empty if `iss` does not matter
/// @param leeway how far clocks may be apart
/// @param requireExpiry whether a token without `exp` is refused
public record TokenSettings(
        Secret secret,
        String secretFile,
        Secret key,
        String keyFile,
        String jwksUrl,
        List<String> audience,
        String issuer,
        Duration leeway,
        boolean requireExpiry) {

    /// The keys of those that say where keys are.
    static final List<Key<?>> SOURCES =
            List.of(
                    Keys.TOKEN_SECRET,
                    Keys.TOKEN_SECRET_FILE,
                    Keys.TOKEN_KEY,
                    Keys.TOKEN_KEY_FILE,
                    Keys.TOKEN_JWKS_URL);

    public TokenSettings {
        audience = List.copyOf(audience);
        Keys.TOKEN_SECRET.require(secret);
        Keys.TOKEN_SECRET_FILE.require(secretFile);
        Keys.TOKEN_KEY.require(key);
        Keys.TOKEN_KEY_FILE.require(keyFile);
        Keys.TOKEN_JWKS_URL.require(jwksUrl);
        Keys.TOKEN_AUDIENCE.require(audience);
        Keys.TOKEN_ISSUER.require(issuer);
        Keys.TOKEN_LEEWAY.require(leeway);
        long sources =
                Stream.of(secret.text(), secretFile, key.text(), keyFile, jwksUrl)
                        .filter(text -> !text.isEmpty())
                        .count();
        if (sources > 1) {
            throw new IllegalArgumentException("token keys come from one place only");
        }
    }

    static TokenSettings of(Values values) {
        return new TokenSettings(
                values.get(Keys.TOKEN_SECRET),
                values.get(Keys.TOKEN_SECRET_FILE),
                values.get(Keys.TOKEN_KEY),
                values.get(Keys.TOKEN_KEY_FILE),
                values.get(Keys.TOKEN_JWKS_URL),
                values.get(Keys.TOKEN_AUDIENCE),
                values.get(Keys.TOKEN_ISSUER),
                values.get(Keys.TOKEN_LEEWAY),
                values.get(Keys.TOKEN_REQUIRE_EXPIRY));
    }

    /// Whether a login needs no token.
    public boolean isOpen() {
        return !secret.isSet()
                && secretFile.isEmpty()
                && !key.isSet()
                && keyFile.isEmpty()
                && jwksUrl.isEmpty();
    }
}
