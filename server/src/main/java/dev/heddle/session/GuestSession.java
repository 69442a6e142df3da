package dev.heddle.session;

import dev.heddle.frame.CloseCode;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import java.time.Instant;
import java.time.InstantSource;

/// A session that ends with the login that its client came with. A class of its own, so that a
/// session without one pays nothing for it.
final class GuestSession extends ThrottledSession {
    private final long endEpochMillis;

    GuestSession(
            Transport transport, OutboxContext context, EndpointContext shared, Instant until) {
        super(transport, context, shared);
        this.endEpochMillis = LoginEnd.epochMillis(until);
    }

    @Override
    public int visit(int nowMillis) {
        int left = LoginEnd.left(endEpochMillis, InstantSource.system());
        if (left > 0) {
            return left;
        }
        close(CloseCode.TOKEN_EXPIRED, "token expired");
        return Integer.MAX_VALUE;
    }
}
