package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.config.TokenSettings;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings and verifiers, as an environment says them.
final class TestSettings {
    private TestSettings() {}

    /// @param variables without `HEDDLE_TOKEN_`, each followed by its text
    static TokenSettings of(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put("HEDDLE_TOKEN_" + variables[i], variables[i + 1]);
        }
        Reading reading = Configuration.read(Optional.empty(), environment, List.of());
        return assertInstanceOf(Reading.Good.class, reading, reading::toString)
                .configuration()
                .settings()
                .token();
    }

    static TokenVerifier verifier(InstantSource clock, String... variables) throws KeyFault {
        TokenSettings settings = of(variables);
        return new TokenVerifier(
                settings, new TokenKeys(KeySource.of(settings), TokenKeys.Freshness.USUAL), clock);
    }
}
