package dev.heddle.net;

import dev.heddle.config.EndpointLimits;
import dev.heddle.deflate.Window;
import dev.heddle.message.Inflation;
import dev.heddle.outbox.OutboxContext;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/// How the messages of a connection are read and written: the same object for all that have agreed
/// on the same, until one has sent something compressed.
///
/// @param path of the endpoint
/// @param limits what incoming messages must keep to
/// @param outbox what outboxes share
/// @param window what the next compressed message may refer to; `null` if the peer may not compress
record Inbound(String path, EndpointLimits limits, OutboxContext outbox, @Nullable Window window) {

    /// The inflater of the next messages; `null` if the peer may not compress.
    @Nullable Inflation inflation() {
        return window == null ? null : new Inflation(window);
    }

    /// The terms for messages after those that were inflated so.
    Inbound after(@Nullable Inflation inflation) {
        Window now = inflation == null ? window : inflation.window();
        return Objects.equals(now, window) ? this : new Inbound(path, limits, outbox, now);
    }

    /// The connection is over.
    void release() {
        if (window != null) {
            window.release();
        }
    }
}
