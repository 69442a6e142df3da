package dev.heddle.auth;

import dev.heddle.telemetry.Counters;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Cause;

/// Believes who shows a token that says so. **Thread-safe.**
///
/// @param verifier of the tokens
/// @param counters where refusals are counted, by their reasons
public record TokenLogin(TokenVerifier verifier, Counters counters) implements LoginCheck {

    public TokenLogin {
        Counters.expect(counters.tokensRefusedByReason(), Refusal.labels());
    }

    @Override
    public Decision check(String serviceToken, String user) {
        return switch (verify(serviceToken, user)) {
            case Verdict.Accepted it ->
                    new Decision.Allowed(
                            it.user(), it.until(), it.rooms(), it.channels(), it.info());
            case Verdict.Refused(var reason) -> {
                Cause cause =
                        reason == Refusal.KEYS_UNAVAILABLE
                                ? Cause.UNAVAILABLE
                                : Cause.NOT_AUTHORIZED;
                yield new Decision.Refused(cause, reason.words());
            }
        };
    }

    /// Verifies a token as [TokenVerifier#verify] does, and counts it if it is refused.
    Verdict verify(String token, String user) {
        Verdict verdict = verifier.verify(token, user);
        if (verdict instanceof Verdict.Refused(Refusal reason)) {
            counters.tokenRefused(reason.label());
        }
        return verdict;
    }
}
