package dev.heddle.session;

import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import org.jspecify.annotations.Nullable;

/// A session that knows how much it has sent, once it has sent something: most only listen.
class ThrottledSession extends EndpointSession {
    private @Nullable Throttle throttle;

    ThrottledSession(Transport transport, OutboxContext context, EndpointContext shared) {
        super(transport, context, shared);
    }

    @Override
    protected void message(Incoming.Data message) {
        try {
            if (takeTime(message.length())) {
                super.message(message);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean takeTime(int bytes) throws InterruptedException {
        Throttle.Rates rates = shared().rates();
        if (rates == null) {
            return true;
        }
        if (throttle == null) {
            throttle = new Throttle(rates, System.nanoTime());
        }
        return throttle.takeTime(this, bytes);
    }
}
