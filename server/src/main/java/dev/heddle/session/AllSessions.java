package dev.heddle.session;

import dev.heddle.endpoint.Everyone;
import dev.heddle.endpoint.Message;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.RawPublisher;

/// The sessions of an endpoint, as subscribers of a fan-out.
///
/// @param publisher where messages are published
public record AllSessions(RawPublisher publisher) implements Everyone {
    /// The sessions of a fan-out of this node.
    public AllSessions(Fanout fanout) {
        this(RawPublisher.of(fanout));
    }

    @Override
    public boolean publish(String text) {
        return publish(EncodedFrame.text(text));
    }

    @Override
    public boolean publish(byte[] bytes) {
        return publish(Frames.of(bytes));
    }

    @Override
    public boolean publish(Message message) {
        return publish(Frames.of(message));
    }

    private boolean publish(EncodedFrame frame) {
        return publisher.publish(frame);
    }
}
