package dev.heddle.session;

import dev.heddle.endpoint.Everyone;
import dev.heddle.endpoint.Message;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;

/// The sessions of an endpoint, as subscribers of a fan-out.
///
/// @param fanout where they subscribe and messages are published
public record AllSessions(Fanout fanout) implements Everyone {

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
        return fanout.publish(new Fact.Raw(frame));
    }
}
