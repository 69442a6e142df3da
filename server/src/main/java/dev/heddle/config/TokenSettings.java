package dev.heddle.config;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Whom a login believes.
///
/// @param keys where the keys are that tokens are verified with
/// @param audience of which a token must name one; empty if `aud` does not matter
/// @param issuer that a token must name; empty if `iss` does not matter
/// @param leeway tolerated clock difference
/// @param requireExpiry whether a token without `exp` is refused
public record TokenSettings(
        KeyPlace keys,
        List<String> audience,
        String issuer,
        Duration leeway,
        boolean requireExpiry) {

    /// The settings of which one says where keys are.
    static final List<Setting<?>> SOURCES =
            List.of(
                    SettingsTable.TOKEN_SECRET,
                    SettingsTable.TOKEN_SECRET_FILE,
                    SettingsTable.TOKEN_KEY,
                    SettingsTable.TOKEN_KEY_FILE,
                    SettingsTable.TOKEN_JWKS_URL);

    public TokenSettings {
        audience = List.copyOf(audience);
        SettingsTable.TOKEN_AUDIENCE.require(audience);
        SettingsTable.TOKEN_ISSUER.require(issuer);
        SettingsTable.TOKEN_LEEWAY.require(leeway);
    }

    /// Where keys are. At most one of these says it; with none of them login is open: every user id
    /// is accepted unchecked.
    ///
    /// @param secret the secret of HS256, UTF-8; empty if none
    /// @param secretFile a file that holds nothing else; empty if none
    /// @param key keys as text, PEM, JWK or JWKS; empty if none
    /// @param keyFile a file of such keys; empty if none
    /// @param jwksUrl where a JWKS is fetched from; empty if none
    public record KeyPlace(
            Secret secret, String secretFile, Secret key, String keyFile, String jwksUrl) {

        static final KeyPlace NONE = new KeyPlace(Secret.NONE, "", Secret.NONE, "", "");

        public KeyPlace {
            SettingsTable.TOKEN_SECRET.require(secret);
            SettingsTable.TOKEN_SECRET_FILE.require(secretFile);
            SettingsTable.TOKEN_KEY.require(key);
            SettingsTable.TOKEN_KEY_FILE.require(keyFile);
            SettingsTable.TOKEN_JWKS_URL.require(jwksUrl);
            long said =
                    Stream.of(secret.text(), secretFile, key.text(), keyFile, jwksUrl)
                            .filter(text -> !text.isEmpty())
                            .count();
            if (said > 1) {
                throw new IllegalArgumentException("token keys come from one place only");
            }
        }
    }

    static TokenSettings of(Values values) {
        return new TokenSettings(
                new KeyPlace(
                        values.get(SettingsTable.TOKEN_SECRET),
                        values.get(SettingsTable.TOKEN_SECRET_FILE),
                        values.get(SettingsTable.TOKEN_KEY),
                        values.get(SettingsTable.TOKEN_KEY_FILE),
                        values.get(SettingsTable.TOKEN_JWKS_URL)),
                values.get(SettingsTable.TOKEN_AUDIENCE),
                values.get(SettingsTable.TOKEN_ISSUER),
                values.get(SettingsTable.TOKEN_LEEWAY),
                values.get(SettingsTable.TOKEN_REQUIRE_EXPIRY));
    }

    /// Whether a login needs no token.
    public boolean isOpen() {
        return keys.equals(KeyPlace.NONE);
    }
}
