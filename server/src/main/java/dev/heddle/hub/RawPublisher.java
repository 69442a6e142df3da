package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

/// Where messages to everybody on the raw hub are published: on this node, or on all.
/// **Thread-safe.**
public interface RawPublisher {

    /// Publishes. Blocks until it is taken.
    ///
    /// @param frame the message as every receiver gets it
    /// @return whether it was taken and so will be delivered: not when the server is draining, or
    ///   other nodes cannot be reached
    boolean publish(EncodedFrame frame);

    /// The subscribers of one fan-out alone.
    static RawPublisher of(Fanout fanout) {
        return frame -> fanout.publish(new Fact.Raw(frame));
    }
}
