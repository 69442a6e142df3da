package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;
import dev.heddle.support.TokenKey;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tokens for alice, and who verifies them, at a time that stands still.
final class TestTokens {
    static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final TokenKey SECRET = TokenKey.of("HS256");

    /// Until when they hold.
    static final long EXPIRY = NOW.getEpochSecond() + 60;

    /// What one says that is believed.
    static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":" + EXPIRY + '}';

    private TestTokens() {}

    static Accepted alice(Optional<Instant> until) {
        return new Accepted("alice", until, Set.of(), List.of(), Optional.empty());
    }

    /// One that has the secret.
    ///
    /// @param more as [TestSettings#of] takes them
    static TokenVerifier verifier(String... more) throws KeyFault {
        String[] variables = new String[more.length + 2];
        System.arraycopy(more, 0, variables, 2, more.length);
        variables[0] = "SECRET";
        variables[1] = SECRET.secret();
        return TestSettings.verifier(CLOCK, variables);
    }

    static void assertRefused(Refusal reason, TokenVerifier verifier, String token) {
        assertEquals(new Refused(reason), verifier.verify(token, ""));
    }

    static void assertAccepted(TokenVerifier verifier, String token) {
        assertInstanceOf(Accepted.class, verifier.verify(token, ""));
    }
}
