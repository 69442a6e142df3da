package dev.heddle.channel;

import dev.heddle.hub.Form;
import dev.heddle.hub.Receiver;

/// A connection of a client, as channels see it. **Thread-safe.**
public interface Party extends Receiver {

    /// Names the connection on every node; no other connection ever has that name.
    String name();

    /// The form in which the connection takes the facts of channels.
    Form channelForm();

    /// Tells that publications for the connection's subscription to a channel are lost. The
    /// subscription ends, if there is one, and the client is told that it may subscribe anew. Never
    /// blocks.
    void lost(String channel);

    /// Whether it takes anything any more.
    boolean isTaking();
}
